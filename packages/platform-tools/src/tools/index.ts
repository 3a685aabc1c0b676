import { atlassianUserInfo } from './atlassian-user-info.ts'
import { getAccessibleAtlassianResources } from './get-accessible-atlassian-resources.ts'

/** In the order in which clients list them. */
export const tools = [getAccessibleAtlassianResources, atlassianUserInfo]
