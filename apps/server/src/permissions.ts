import type { Scope } from '@telamon/oauth'

/** What a person can permit a client. Writing includes reading. */
export const permissions: readonly Scope[] = [
  { name: 'jira:read', label: 'Read issues, comments, projects and people', group: 'Jira', tier: 'read' },
  {
    name: 'jira:write',
    label: 'Create and change issues, comments and links',
    group: 'Jira',
    tier: 'write',
    implies: ['jira:read'],
  },
  { name: 'confluence:read', label: 'Read spaces, pages and comments', group: 'Confluence', tier: 'read' },
  {
    name: 'confluence:write',
    label: 'Create and change pages and comments',
    group: 'Confluence',
    tier: 'write',
    implies: ['confluence:read'],
  },
  { name: 'offline_access', label: 'Stay signed in', tier: 'session' },
]

/** What a client needs at least, and what it should ask for, so that it need not ask again. */
export const usual = {
  minimal: ['jira:read', 'confluence:read'],
  useful: ['jira:read', 'jira:write', 'confluence:read', 'confluence:write'],
} as const
