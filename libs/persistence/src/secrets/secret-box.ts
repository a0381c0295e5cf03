import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type pg from 'pg';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 4;
const FORMAT = 1;
const HEADER_BYTES = 1 + KEY_ID_BYTES;
const CHECK_ROW = 'encryption-key-check';
const CHECK_TEXT = 'this text can be read, so the key fits';
const CHECK_OWNER = { projectId: 'server', recordId: CHECK_ROW };

/** Which record a sealed text belongs to; moved to another record or project it cannot be opened. */
export interface SealedFor {
  readonly projectId: string;
  /** The connection's id; for an endpoint's tokens and secrets the endpoint's id. */
  readonly recordId: string;
}

/** The encryption key is unusable or is not the one that this database was written with. */
export class EncryptionKeyError extends Error {
  readonly code = 'encryption_key';
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'EncryptionKeyError';
  }
}

/** Seals secrets at rest with AES-256-GCM. Layout: format, key id, nonce, tag, ciphertext. */
export class SecretBox {
  private readonly key: Buffer;
  private readonly keyId: Buffer;

  /** @param keyBase64 32 bytes in base64. @throws EncryptionKeyError */
  constructor(keyBase64: string) {
    this.key = Buffer.from(keyBase64, 'base64');
    if (this.key.length !== KEY_BYTES) {
      throw new EncryptionKeyError(
        'HOOKLOOM_ENCRYPTION_KEY is not 32 bytes in base64. Make one with: openssl rand -base64 32',
      );
    }
    this.keyId = createHash('sha256')
      .update('hookloom key id')
      .update(this.key)
      .digest()
      .subarray(0, KEY_ID_BYTES);
  }

  /** A key for another purpose, worked out from this one. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, '', `hookloom ${purpose}`, KEY_BYTES));
  }

  seal(text: string, owner: SealedFor): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    cipher.setAAD(additionalData(owner));
    const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([FORMAT]), this.keyId, nonce, cipher.getAuthTag(), content]);
  }

  /** @throws EncryptionKeyError if another key sealed it, it belongs to another record, or it was changed */
  open(sealed: Uint8Array, owner: SealedFor): string {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    if (bytes[0] !== FORMAT || !bytes.subarray(1, HEADER_BYTES).equals(this.keyId)) {
      throw new EncryptionKeyError('A stored secret was encrypted with another key. Enter the secret again.');
    }
    const tagAt = HEADER_BYTES + NONCE_BYTES;
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(HEADER_BYTES, tagAt));
      decipher.setAAD(additionalData(owner));
      decipher.setAuthTag(bytes.subarray(tagAt, tagAt + TAG_BYTES));
      return decipher.update(bytes.subarray(tagAt + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw new EncryptionKeyError(
        'A stored secret is damaged or belongs to another record. Enter it again.',
        {
          cause,
        },
      );
    }
  }

  /**
   * Compares the key with the database's: the first start leaves a check behind, every later one reads it.
   *
   * @throws EncryptionKeyError with the sentence that stops the start
   */
  async checkAgainst(pool: pg.Pool): Promise<void> {
    await pool.query('insert into server (key, value) values ($1, $2) on conflict (key) do nothing', [
      CHECK_ROW,
      this.seal(CHECK_TEXT, CHECK_OWNER).toString('base64'),
    ]);
    const answer = await pool.query<{ value: string }>('select value from server where key = $1', [
      CHECK_ROW,
    ]);
    try {
      this.open(Buffer.from(answer.rows[0]?.value ?? '', 'base64'), CHECK_OWNER);
    } catch (cause) {
      throw new EncryptionKeyError(
        'The encryption key does not fit this database: its secrets were written with another key. ' +
          'Set HOOKLOOM_ENCRYPTION_KEY, or the key file in the data folder, to the key of this database.',
        { cause },
      );
    }
  }
}

function additionalData(owner: SealedFor): Buffer {
  return Buffer.from(`${owner.projectId}/${owner.recordId}`);
}
