/** Other ways in which callers name the issue. */
export const issueSpellings = {
  issueKey: 'issueIdOrKey',
  issueId: 'issueIdOrKey',
  issue_key: 'issueIdOrKey',
  key: 'issueIdOrKey',
} as const
