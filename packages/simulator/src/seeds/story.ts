/**
 * The form in which a story is written. Times are `-12 14:05`: so many working days before today, and the time of day
 * where the story takes place. Texts are Markdown, with these placeholders: `{@maya}` a mention, `{date:5}` the date so
 * many working days from today, `{day:5}` the same in words, `{month:2}` a month by name, `{issue:ALPHA-3}` and
 * `{page:Title}` a link.
 */

export interface PersonStory {
  readonly handle: string
  readonly name: string
  readonly email: string
  readonly emailHidden?: true
  readonly about: string
  readonly timeZone: string
  readonly locale?: string
  readonly app?: true
  /** Knows the portal of a service desk, and nothing else. */
  readonly customer?: true
  readonly inactive?: true
}

export type IssueTypeName =
  | 'Epic'
  | 'Story'
  | 'Task'
  | 'Bug'
  | 'Subtask'
  | 'Service request'
  | 'Service request with approvals'
  | 'Incident'
type PriorityName = 'Highest' | 'High' | 'Medium' | 'Low' | 'Lowest'

export interface CommentStory {
  readonly by: string
  readonly at: string
  readonly text: string
  /** The only role that may read it. */
  readonly onlyFor?: string
  /** Not for the customer. */
  readonly internal?: true
}

export interface MoveStory {
  readonly by: string
  readonly at: string
  readonly to: string
  readonly resolution?: string
}

export interface WorkStory {
  readonly by: string
  readonly at: string
  /** Such as `2h 30m`. */
  readonly spent: string
  readonly text?: string
}

export interface IssueStory {
  readonly type: IssueTypeName
  readonly summary: string
  readonly by: string
  readonly at: string
  readonly text?: string
  readonly priority?: PriorityName
  readonly assignee?: string
  readonly labels?: readonly string[]
  /** The number of the parent in the same project. */
  readonly parent?: number
  readonly points?: number
  /** Working days from today. */
  readonly due?: number
  readonly component?: string
  readonly version?: string
  readonly severity?: string
  readonly customer?: string
  readonly estimate?: string
  readonly flagged?: true
  readonly watchers?: readonly string[]
  readonly moves?: readonly MoveStory[]
  readonly comments?: readonly CommentStory[]
  readonly work?: readonly WorkStory[]
  readonly request?: RequestStory
  readonly answers?: readonly AnswerStory[]
}

/** What an issue is as a request of a service desk. */
interface RequestStory {
  readonly type: string
  readonly participants?: readonly string[]
  /** How the customer rated it, from 1 to 5, and in words. */
  readonly rating?: number
  readonly words?: string
}

/** What an approver says. */
export interface AnswerStory {
  readonly by: string
  readonly at: string
  readonly decision: 'approved' | 'declined'
}

export interface StatusStory {
  readonly name: string
  readonly category: 'new' | 'indeterminate' | 'done'
}

/** A step of a workflow that is not the usual one. */
interface StepStory {
  readonly name: string
  readonly from: readonly string[]
  readonly to: string
  /** Customers can take it. */
  readonly portal?: true
  /** Only the answer to an approval takes it. */
  readonly approval?: true
}

export interface ProjectStory {
  readonly key: string
  readonly name: string
  readonly description: string
  readonly style: 'next-gen' | 'classic'
  /** Default: software. */
  readonly kind?: 'software' | 'service_desk'
  readonly lead: string
  /** Who may see it: everyone on the web, everyone with Jira, or only who has a role. */
  readonly open: 'anyone' | 'licensed' | 'members'
  readonly administrators: readonly string[]
  readonly members: readonly string[]
  readonly types: readonly IssueTypeName[]
  readonly statuses: readonly StatusStory[]
  /** Default: what the style of the project brings along. */
  readonly steps?: readonly StepStory[]
  readonly components?: readonly string[]
  readonly versions?: readonly { readonly name: string; readonly released: boolean; readonly due: number }[]
  readonly issues: readonly IssueStory[]
}

export interface SprintStory {
  readonly name: string
  readonly goal?: string
  readonly by: string
  /** When it was made. */
  readonly at: string
  /** When it was begun; absent while it lies ahead. */
  readonly started?: string
  /** When it was completed. */
  readonly completed?: string
  /** Working days from today on which it begins and ends. */
  readonly days?: readonly [number, number]
  /** The numbers of the issues that were put into it as it was made, or as it was begun. */
  readonly issues: readonly number[]
}

export interface BoardStory {
  readonly name: string
  /** The key of its project. */
  readonly project: string
  readonly type: 'scrum' | 'kanban' | 'simple'
  readonly by: string
  readonly at: string
  /** The column that is the backlog of a kanban board; without it there is none. */
  readonly backlog?: string
  /** Most issues by column. */
  readonly limits?: Readonly<Record<string, number>>
  readonly quickFilters?: readonly { readonly name: string; readonly jql: string }[]
  readonly sprints?: readonly SprintStory[]
}

export interface RequestTypeStory {
  readonly name: string
  readonly description: string
  readonly help?: string
  readonly issueType: IssueTypeName
  readonly groups: readonly string[]
  readonly fields: readonly {
    readonly id: string
    readonly label: string
    readonly required?: boolean
    readonly hidden?: true
  }[]
  /** The status that its requests begin in. Default: the first of the project. */
  readonly first?: string
  /** What customers read for a status. */
  readonly statusNames?: Readonly<Record<string, string>>
  readonly approval?: {
    readonly name: string
    readonly status: string
    readonly approvers: readonly string[]
    readonly needed?: number
    /** The names of the steps that the answers take. */
    readonly approved: string
    readonly declined: string
  }
}

export interface SlaStory {
  readonly name: string
  readonly fieldId: string
  readonly stops: 'first-response' | 'resolution'
  /** By priority; `others` for all that are not named. */
  readonly hours: Readonly<Record<string, number>>
  readonly pausedIn?: readonly string[]
  /** Whether only working hours count. */
  readonly officeHours?: true
}

export interface DeskStory {
  /** The key of its project. */
  readonly project: string
  readonly open: boolean
  readonly customers: readonly string[]
  readonly organizations: readonly {
    readonly name: string
    readonly at: string
    readonly members: readonly string[]
  }[]
  readonly groups: readonly string[]
  readonly requestTypes: readonly RequestTypeStory[]
  readonly queues: readonly {
    readonly name: string
    readonly jql: string
    readonly fields: readonly string[]
  }[]
  readonly slas: readonly SlaStory[]
  /** The key of the space that is its knowledge base. */
  readonly knowledge?: string
}

/** Projects that came together, with what connects them. */
export interface ChapterStory {
  readonly projects: readonly ProjectStory[]
  readonly links: readonly LinkStory[]
  readonly boards?: readonly BoardStory[]
  readonly desks?: readonly DeskStory[]
}

export interface LinkStory {
  readonly from: string
  readonly type: 'Blocks' | 'Relates' | 'Duplicate' | 'Cloners'
  readonly to: string
  readonly by: string
  readonly at: string
}

interface EditStory {
  readonly by: string
  readonly at: string
  readonly text: string
  readonly message?: string
}

export interface PageStory {
  readonly title: string
  readonly by: string
  readonly at: string
  readonly text: string
  readonly type?: 'blogpost' | 'folder'
  /** The title of what it stands below. Default: the home page of the space. */
  readonly below?: string
  readonly labels?: readonly string[]
  /** The only people who may read it and what is below it. */
  readonly onlyFor?: readonly string[]
  readonly edits?: readonly EditStory[]
  readonly comments?: readonly CommentStory[]
  readonly likes?: readonly string[]
}

export interface SpaceStory {
  readonly key: string
  readonly name: string
  readonly description: string
  readonly by: string
  readonly at: string
  /** The title and text of the home page. */
  readonly home: { readonly title: string; readonly text: string }
  /** The name of the only group that may read it. Default: everyone with Confluence. */
  readonly readers?: string
  /** The name of the only group that may write in it. Default: everyone who may read it. */
  readonly writers?: string
  readonly pages: readonly PageStory[]
}

/** What is around the pages of a site. Pages are named by their titles, spaces by their keys. */
export interface AroundStory {
  readonly items: readonly {
    readonly type: 'whiteboard' | 'database' | 'embed'
    readonly title: string
    readonly space: string
    readonly by: string
    readonly at: string
    readonly address?: string
  }[]
  readonly files: readonly {
    readonly on: string
    readonly name: string
    readonly mediaType: string
    readonly text: string
    readonly comment: string
    readonly by: string
    readonly at: string
  }[]
  readonly remarks: readonly {
    readonly on: string
    readonly words: string
    readonly text: string
    readonly by: string
    readonly at: string
    /** Who settled it, and when. */
    readonly settled?: { readonly by: string; readonly at: string }
  }[]
  readonly templates: readonly {
    readonly name: string
    readonly description: string
    readonly text: string
    /** Default: for all spaces. */
    readonly space?: string
    readonly blueprint?: string
  }[]
  readonly spaceLabels: readonly {
    readonly space: string
    readonly prefix: 'global' | 'team'
    readonly name: string
  }[]
  readonly watched: readonly {
    readonly page?: string
    readonly space?: string
    readonly by: readonly string[]
  }[]
  readonly kept: readonly {
    readonly page?: string
    readonly space?: string
    readonly by: string
    readonly at: string
  }[]
  readonly looks: readonly { readonly page: string; readonly by: string; readonly at: string }[]
}

export interface SiteStory {
  readonly name: string
  readonly title: string
  readonly cloudId: string
  readonly timeZone: string
  readonly members: Readonly<
    Record<string, { readonly products: readonly ('jira' | 'confluence')[]; readonly admin?: true }>
  >
  readonly groups: Readonly<Record<string, readonly string[]>>
  /** In the order in which they are planted, so that a new one leaves the ids of those before it alone. */
  readonly chapters: readonly ChapterStory[]
  readonly spaces: readonly SpaceStory[]
  readonly around?: AroundStory
}

export interface Story {
  readonly people: readonly PersonStory[]
  readonly sites: readonly SiteStory[]
}
