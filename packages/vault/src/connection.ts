import * as z from 'zod'

/** What is sealed for a grant: the tokens, whose they are, and which sites the person allowed. */
export const Connection = z.object({
  accessToken: z.string().min(1),
  /** Empty where the tokens are a service account's. */
  refreshToken: z.string(),
  scope: z.string(),
  subject: z.string().min(1),
  choices: z.array(z.string()),
  /** The callback address of the sign-in. Some upstreams want it again with each refresh. */
  callbackUrl: z.string(),
  /** The client that acts in its own name, whose account brings new tokens in place of a refresh token. */
  service: z.string().optional(),
})
export type Connection = z.infer<typeof Connection>

/** Tokens as the upstream issued them. */
export interface TokenGrant {
  readonly accessToken: string
  /** Absent: the old one stays. */
  readonly refreshToken?: string
  readonly scope?: string
  /** In milliseconds since 1970, by our own clock. */
  readonly accessExpiresAt: number
}

/** The same connection with the tokens of a new answer. What the answer leaves out stays as it was. */
export const renewed = (connection: Connection, grant: TokenGrant): Connection => ({
  ...connection,
  accessToken: grant.accessToken,
  refreshToken: grant.refreshToken ?? connection.refreshToken,
  scope: grant.scope ?? connection.scope,
})
