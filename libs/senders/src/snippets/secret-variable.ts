/** The environment variable that every program reads the secret from. */
export const SECRET_VARIABLE = 'SIGNING_SECRET';
