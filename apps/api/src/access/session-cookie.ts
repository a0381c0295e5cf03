/** 30 days, renewed while in use. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** The session cookie of this server: `__Host-` and Secure where the public URL is https. */
export class SessionCookie {
  private readonly name: string;
  private readonly attributes: string;

  constructor(publicUrl: string) {
    const secure = publicUrl.startsWith('https://');
    this.name = secure ? '__Host-hookloom_session' : 'hookloom_session';
    this.attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  }

  /** The token in a `Cookie` header; `undefined` if there is none. */
  find(header: string | undefined): string | undefined {
    const prefix = `${this.name}=`;
    const pair = header?.split(';').find((part) => part.trimStart().startsWith(prefix));
    return pair?.trim().slice(prefix.length);
  }

  /** A `Set-Cookie` value that signs in. */
  set(token: string): string {
    return `${this.name}=${token}; Max-Age=${SESSION_SECONDS}; ${this.attributes}`;
  }

  /** A `Set-Cookie` value that signs out. */
  clear(): string {
    return `${this.name}=; Max-Age=0; ${this.attributes}`;
  }
}
