/** Where our server decides otherwise than the oracle: what the oracle does, and why we do not. */
export const differences: Readonly<Record<string, { readonly oracle: unknown; readonly why: string }>> = {
  'T04 no verifier': {
    oracle: 'invalid_grant',
    why: 'A parameter that is missing is invalid_request (RFC 6749 section 5.2): the code is good, the request is not.',
  },
  'T13 the token before the last, at once': {
    oracle: ['tokens', 'invalid_grant'],
    why: 'A retry after a lost answer gets the same successor for a minute, or people would be signed out by a bad line.',
  },
  'no scope at all': {
    oracle: { error: 'access_denied', code: false, state: 'state', issuers: [true] },
    why: 'Many MCP clients name none; they get the default set, which the consent page shows.',
  },
  'implicit and form_post': {
    oracle: [{ error: 'none', code: false, state: null, issuers: [] }, 'a page'],
    why: 'There is one response mode, so errors come back in the query, with state and issuer, whatever was asked for.',
  },
  'a plain-http redirect of a client that says it is on the web': {
    oracle: 201,
    why: 'application_type is the client’s own word. Plain http leads to this computer or nowhere.',
  },
}
