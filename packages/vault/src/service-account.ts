/**
 * An account of the upstream that a client of ours acts with in its own name, in place of a person's: Atlassian's service
 * accounts, by OAuth 2.0 client credentials (tokens of an hour, and no refresh token), or by an API token.
 * @see https://support.atlassian.com/user-management/docs/understand-service-accounts/
 */
export type ServiceAccount =
  | {
      readonly kind: 'client_credentials'
      /** Of the credential, as the upstream gave it; not of the client of ours. */
      readonly id: string
      readonly secret: string
    }
  | {
      readonly kind: 'api_token'
      readonly token: string
      /** When the upstream lets it end, in milliseconds since 1970. Default: with the connection. */
      readonly expiresAt?: number
    }

/** The accounts there are, by the id of the client that acts with each. */
export type ServiceAccounts = ReadonlyMap<string, ServiceAccount>
