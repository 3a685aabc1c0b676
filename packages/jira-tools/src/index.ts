export type { JiraServices, JiraSite } from './define.ts'
export { jiraToolset } from './jira-toolset.ts'
