/** Which operations only a Connect or Forge app can call. */

import type { Place } from '../openapi.ts'

const tags = new Set([
  'App properties',
  'App Properties',
  'App data policies',
  'App migration',
  'Dynamic modules',
  'Dynamic Modules',
  'Migration of Connect modules to Forge',
  'Service Registry',
  'UI modifications (apps)',
])

/** By the tags that Atlassian files them under, and by the paths that are kept for apps. */
export const isForApps = ({ path, operation }: Place): boolean =>
  (operation.tags ?? []).some((tag) => tags.has(tag) || tag.endsWith('(apps)')) ||
  /\/rest\/(atlassian-connect|forge)\//.test(path)
