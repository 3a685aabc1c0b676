/**
 * How a body was written. It is kept as it came and converted when it is asked for in the other form. `raw` is what an
 * app keeps in custom content, in a form of its own.
 */
export interface Body {
  readonly representation: 'storage' | 'atlas_doc_format' | 'raw'
  readonly value: string
}

/** One state of a piece of content. */
export interface ContentVersion {
  readonly number: number
  readonly message: string
  readonly minorEdit: boolean
  readonly authorId: string
  readonly createdAt: number
  readonly title: string
  readonly body: Body
}

export interface Label {
  readonly id: string
  readonly prefix: 'global' | 'my' | 'team'
  readonly name: string
  /** Of a label that is somebody's own: nobody else sees it. */
  readonly ownerId?: string
}

/** Who may do a thing; both empty means that nothing is restricted. */
export interface Restriction {
  readonly people: Set<string>
  readonly groups: Set<string>
}

/** What stands in the tree of a space, blog posts, and what apps keep as `custom`. */
export type ContentType = 'page' | 'blogpost' | 'folder' | 'whiteboard' | 'database' | 'embed' | 'custom'

/** The state that people gave a piece of content, such as "In progress". */
interface ContentStateMark {
  readonly stateId: number
  readonly at: number
}

/** A piece of content. The newest version stands last. */
export interface Content {
  readonly id: string
  readonly type: ContentType
  spaceId: string
  parentId: string | null
  status: 'current' | 'draft' | 'archived' | 'trashed'
  ownerId: string
  lastOwnerId: string | null
  readonly authorId: string
  readonly createdAt: number
  position: number
  readonly versions: ContentVersion[]
  readonly labels: Label[]
  /** A restriction to read is inherited by everything below; one to update is not (documented). */
  readonly read: Restriction
  readonly update: Restriction
  readonly likes: Set<string>
  /** Of a page: edited live, without publishing. */
  readonly subtype?: 'live'
  /** Of custom content: the type that its app gave it, such as `ac:app:note`. */
  readonly customType?: string
  /** Of an embed: where it points. */
  readonly embedUrl?: string
  /** Changes of published content that are not published yet. */
  draft?: ContentVersion
  state?: ContentStateMark
  classificationId?: string
}

/** What an inline comment is tied to, and whether it is settled. */
export interface InlineAnchor {
  /** The mark in the body, a UUID. */
  readonly markerRef: string
  /** The words that were marked. */
  readonly selection: string
  status: 'open' | 'reopened' | 'resolved' | 'dangling'
  modifierId?: string
  modifiedAt?: number
}

/** A comment below content, on words of it, on an attachment, or in answer to another. */
export interface ContentComment {
  readonly id: string
  /** A piece of content, or an attachment. */
  readonly contentId: string
  readonly parentId: string | null
  readonly authorId: string
  readonly createdAt: number
  readonly versions: ContentVersion[]
  readonly likes: Set<string>
  readonly kind: 'footer' | 'inline'
  /** Of inline comments of the first level; replies go by the one they answer. */
  readonly anchor?: InlineAnchor
}

/** One state of an attachment. */
export interface AttachmentVersion extends Omit<ContentVersion, 'body'> {
  readonly mediaType: string
  readonly fileSize: number
  /** Where the bytes are: a key of `files`. */
  readonly fileId: string
}

/** A file on content. Its id is `att` and digits (recorded). */
export interface Attachment {
  readonly id: string
  contentId: string
  status: 'current' | 'trashed'
  readonly authorId: string
  readonly createdAt: number
  readonly versions: AttachmentVersion[]
  readonly labels: Label[]
}

/** What a program keeps with a thing. The newest version counts. */
export interface EntityProperty {
  readonly id: string
  readonly key: string
  value: unknown
  version: Pick<ContentVersion, 'number' | 'message' | 'authorId' | 'createdAt'>
  readonly createdAt: number
  readonly createdBy: string
}

/** A checkbox in a body. What it says, for whom and until when is read from the body. */
export interface ContentTask {
  readonly id: string
  readonly localId: string
  readonly contentId: string
  readonly createdBy: string
  readonly createdAt: number
  updatedAt: number
  done: boolean
  completedBy?: string
  completedAt?: number
}

/** A text to begin pages with. */
export interface Template {
  readonly id: string
  name: string
  description: string
  body: Body
  labels: readonly Label[]
  /** Absent: for all spaces. */
  readonly spaceId?: string
  /** The blueprint that it belongs to; such templates cannot be changed (documented). */
  readonly blueprint?: string
}

/** A state that content can be in. Without a space it is a person's own. */
export interface ContentState {
  readonly id: number
  readonly name: string
  readonly color: string
  readonly spaceId?: string
  readonly ownerId?: string
}

/** Work that was handed in. It is done at once, and seen to be done at the second look or a moment later. */
export interface LongTask {
  looks: number
  readonly id: string
  readonly name: string
  readonly ownerId: string
  readonly startedAt: number
  readonly successful: boolean
  readonly messages: readonly string[]
  readonly details?: Readonly<Record<string, string | number>>
}

/** A body on its way into another form. The result is there for five minutes (documented). */
export interface Conversion {
  readonly id: string
  readonly ownerId: string
  readonly startedAt: number
  looks: number
  readonly representation: string
  readonly value: string
  /** Why there is no value. */
  readonly error?: string
}

/** One thing's relation to another, such as a favourite. */
export interface Relation {
  readonly name: string
  /** Such as `user/ACCOUNT`, `content/98400` or `space/KEY`. */
  readonly source: string
  readonly target: string
  readonly createdBy: string
  readonly createdAt: number
}

/** Who looked at content, and when. */
export interface ContentView {
  readonly contentId: string
  readonly accountId: string
  readonly at: number
}

/** A set of space permissions with a name (documented). Its permissions are written `create/page`. */
export interface SpaceRole {
  readonly id: string
  readonly type: 'SYSTEM' | 'CUSTOM'
  name: string
  description: string
  permissions: readonly string[]
}

/** Who has a role in a space. */
export interface RoleAssignment {
  readonly principal: SpacePermission['principal']
  readonly roleId: string
}

/** An operation on a kind of thing, as space permissions name it (documented, and recorded beyond the document). */
export interface SpaceOperation {
  readonly key: string
  readonly targetType: string
}

/** `access-class` with `ALL_LICENSED_USERS` stands for everyone who may enter Confluence (recorded). */
export interface SpacePermission {
  readonly id: string
  readonly principal: { readonly type: 'user' | 'group' | 'access-class'; readonly id: string }
  readonly operation: SpaceOperation
}

export interface Space {
  readonly id: string
  readonly key: string
  name: string
  type: 'global' | 'personal'
  status: 'current' | 'archived'
  description: string
  readonly authorId: string
  readonly createdAt: number
  homepageId: string | null
  permissions: readonly SpacePermission[]
  roles: readonly RoleAssignment[]
  readonly labels: Label[]
  /** The level that new content has; see `classification.ts`. */
  classificationId?: string
  routeOverride: boolean
}

/** Confluence on one site. */
export interface ConfluenceState {
  readonly spaces: Map<string, Space>
  readonly contents: Map<string, Content>
  readonly comments: Map<string, ContentComment>
  /** `prefix:name` → label; for people's own ones `my:ACCOUNT:name`. */
  readonly labels: Map<string, Label>
  readonly attachments: Map<string, Attachment>
  /** File id → bytes in base64. */
  readonly files: Map<string, string>
  /** The id of a thing (`space/ID` and `user/ID` for spaces and people) → its properties. */
  readonly properties: Map<string, EntityProperty[]>
  readonly tasks: Map<string, ContentTask>
  readonly templates: Map<string, Template>
  /** The id of a state as text → the state. */
  readonly states: Map<string, ContentState>
  readonly longTasks: Map<string, LongTask>
  readonly conversions: Map<string, Conversion>
  /** `name source target` → relation. */
  readonly relations: Map<string, Relation>
  /** Numbers counted up → views. */
  readonly views: Map<string, ContentView>
  readonly roles: Map<string, SpaceRole>
  /** `content/ID`, `space/KEY` and `label/NAME` → account ids. */
  readonly watchers: Map<string, Set<string>>
}

/** Confluence before anything is in it. */
export function createConfluenceState(): ConfluenceState {
  return {
    spaces: new Map(),
    contents: new Map(),
    comments: new Map(),
    labels: new Map(),
    attachments: new Map(),
    files: new Map(),
    properties: new Map(),
    tasks: new Map(),
    templates: new Map(),
    states: new Map(),
    longTasks: new Map(),
    conversions: new Map(),
    relations: new Map(),
    views: new Map(),
    roles: new Map(),
    watchers: new Map(),
  }
}
