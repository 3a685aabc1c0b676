import type { Rule } from '../src/index.ts'

/** 10 in a second, of which 4 at once, for a user. */
export const perUser: Rule = {
  name: 'user-second',
  kind: 'rolling',
  unit: 'requests',
  per: 'user',
  limit: 10,
  burst: 4,
  window: 1,
  fail: 'local',
}

/** 5 in an hour of the clock, for a site. */
export const perSite: Rule = {
  name: 'site-hour',
  kind: 'calendar',
  unit: 'requests',
  per: 'site',
  limit: 5,
  window: 3600,
  fail: 'local',
}

/** 100 points in an hour of the clock, for an app. */
export const perApp: Rule = {
  name: 'app-points',
  kind: 'calendar',
  unit: 'points',
  per: 'app',
  limit: 100,
  window: 3600,
  fail: 'local',
}
