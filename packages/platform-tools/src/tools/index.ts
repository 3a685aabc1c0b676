import { atlassianUserInfo } from './atlassian-user-info.ts'
import { getAccessibleAtlassianResources } from './get-accessible-atlassian-resources.ts'
import { getAtlassianRateLimitStatus } from './get-atlassian-rate-limit-status.ts'

/** In the order in which clients list them. */
export const tools = [getAccessibleAtlassianResources, atlassianUserInfo, getAtlassianRateLimitStatus]
