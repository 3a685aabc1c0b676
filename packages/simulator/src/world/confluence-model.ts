/** How a body was written. It is kept as it came and converted when it is asked for in the other form. */
export interface Body {
  readonly representation: 'storage' | 'atlas_doc_format'
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
}

/** Who may do a thing; both empty means that nothing is restricted. */
export interface Restriction {
  readonly people: Set<string>
  readonly groups: Set<string>
}

export type ContentType = 'page' | 'blogpost' | 'folder'

/** A page, a blog post or a folder. The newest version stands last. */
export interface Content {
  readonly id: string
  readonly type: ContentType
  readonly spaceId: string
  parentId: string | null
  status: 'current' | 'draft' | 'archived' | 'trashed'
  ownerId: string
  readonly authorId: string
  readonly createdAt: number
  position: number
  readonly versions: ContentVersion[]
  readonly labels: Label[]
  /** A restriction to read is inherited by everything below; one to update is not (documented). */
  readonly read: Restriction
  readonly update: Restriction
  readonly likes: Set<string>
}

/** A footer comment. */
export interface ContentComment {
  readonly id: string
  readonly contentId: string
  readonly parentId: string | null
  readonly authorId: string
  readonly createdAt: number
  readonly versions: ContentVersion[]
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
  readonly type: 'global' | 'personal'
  readonly status: 'current' | 'archived'
  readonly description: string
  readonly authorId: string
  readonly createdAt: number
  homepageId: string | null
  readonly permissions: readonly SpacePermission[]
}

/** Confluence on one site. */
export interface ConfluenceState {
  readonly spaces: Map<string, Space>
  readonly contents: Map<string, Content>
  readonly comments: Map<string, ContentComment>
  /** `prefix:name` → label. */
  readonly labels: Map<string, Label>
}
