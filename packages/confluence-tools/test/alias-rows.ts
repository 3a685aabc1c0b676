/** A name of another server, or one of ours as others fill it. */
export interface AliasRow {
  /** The name that another server uses. */
  readonly name: string
  readonly tool: string
  /** Arguments as that server takes them, all that have a meaning here. */
  readonly args: Readonly<Record<string, unknown>>
  /** The same as ours. */
  readonly input: Readonly<Record<string, unknown>>
}

/** Names of the first version of the official server, of sooperset, and our own as the second version spells arguments. */
export const rows: readonly AliasRow[] = [
  {
    name: 'getConfluencePage',
    tool: 'getConfluenceContent',
    args: { cloudId: 'x', pageId: '98400', contentFormat: 'markdown' },
    input: { cloudId: 'x', contentId: '98400', contentFormat: 'markdown' },
  },
  {
    name: 'getConfluenceSpaces',
    tool: 'listConfluenceSpaces',
    args: {
      ids: ['1'],
      keys: ['ENG'],
      type: 'global',
      status: 'current',
      labels: ['a'],
      sort: 'name',
      descriptionFormat: 'plain',
      includeIcon: true,
      cursor: 'c',
      limit: 10,
    },
    input: {
      ids: ['1'],
      keys: ['ENG'],
      type: 'global',
      status: 'current',
      labels: ['a'],
      cursor: 'c',
      limit: 10,
    },
  },
  {
    name: 'searchConfluenceUsingCql',
    tool: 'searchConfluence',
    args: {
      cql: 'type = page',
      cqlcontext: '{}',
      cursor: 'c',
      limit: 5,
      expand: 'x',
      next: true,
      prev: false,
    },
    input: { cql: 'type = page', cursor: 'c', limit: 5 },
  },
  {
    name: 'createConfluencePage',
    tool: 'createConfluenceContent',
    args: {
      spaceId: '65538',
      parentId: '98400',
      title: 't',
      body: 'b',
      contentFormat: 'markdown',
      subtype: 'live',
      isPrivate: true,
    },
    input: {
      parent: { spaceId: '65538', parentContentId: '98400' },
      title: 't',
      body: { value: 'b', format: 'markdown' },
      contentType: 'live',
      private: true,
    },
  },
  {
    name: 'createConfluencePage',
    tool: 'createConfluenceContent',
    args: { spaceId: '65538', title: 't', body: 'b' },
    input: { parent: { spaceId: '65538' }, title: 't', body: { value: 'b' }, contentType: 'page' },
  },
  {
    name: 'updateConfluencePage',
    tool: 'updateConfluenceContent',
    args: { pageId: '98400', body: 'b', title: 't', contentFormat: 'adf', versionMessage: 'm' },
    input: { contentId: '98400', body: { value: 'b', format: 'adf' }, title: 't', versionMessage: 'm' },
  },
  {
    name: 'updateConfluencePage',
    tool: 'updateConfluenceContent',
    args: { pageId: '98400', title: 't' },
    input: { contentId: '98400', title: 't' },
  },
  {
    name: 'confluence_get_page',
    tool: 'getConfluenceContent',
    args: { page_id: 98400, include_metadata: true, convert_to_markdown: true },
    input: { contentId: '98400' },
  },
  {
    name: 'confluence_get_page',
    tool: 'getConfluenceContent',
    args: { title: 'Release Plan', space_key: 'PROD' },
    input: { contentId: 'Release Plan', space: 'PROD' },
  },
  {
    name: 'confluence_search',
    tool: 'searchConfluence',
    args: { query: 'release', limit: 5, spaces_filter: 'PROD, ENG' },
    input: { cql: 'release', limit: 5, spaces: ['PROD', 'ENG'] },
  },
  {
    name: 'confluence_create_page',
    tool: 'createConfluenceContent',
    args: {
      space_key: 'ENG',
      title: 't',
      content: 'c',
      parent_id: '98400',
      content_format: 'xhtml',
      enable_heading_anchors: false,
      include_content: false,
      emoji: 'x',
      page_width: 'full-width',
      table_layout: 'wide',
    },
    input: {
      parent: { spaceId: 'ENG', parentContentId: '98400' },
      title: 't',
      body: { value: 'c', format: 'storage' },
      contentType: 'page',
    },
  },
  {
    name: 'confluence_update_page',
    tool: 'updateConfluenceContent',
    args: {
      page_id: '98400',
      title: 't',
      content: 'c',
      content_format: 'markdown',
      is_minor_edit: false,
      version_comment: 'm',
    },
    input: { contentId: '98400', title: 't', body: { value: 'c', format: 'markdown' }, versionMessage: 'm' },
  },
  {
    name: 'getConfluenceContent',
    tool: 'getConfluenceContent',
    args: {
      content_id: '98400',
      detail: 'full',
      content_format: 'html',
      draft: false,
      include_metadata: true,
    },
    input: { contentId: '98400', contentFormat: 'storage' },
  },
  {
    name: 'getConfluenceContent',
    tool: 'getConfluenceContent',
    args: { content_url: 'https://a.example/wiki/x/YIAB' },
    input: { contentId: 'https://a.example/wiki/x/YIAB' },
  },
  {
    name: 'getConfluenceContent',
    tool: 'getConfluenceContent',
    args: { 'content-id': '98400', 'content-format': 'markdown' },
    input: { contentId: '98400', contentFormat: 'markdown' },
  },
  {
    name: 'createConfluenceContent',
    tool: 'createConfluenceContent',
    args: {
      parent: { spaceId: '1', parentContentUrl: 'https://a.example/wiki/x/YIAB' },
      contentType: 'live_doc',
      title: 't',
      body: { format: 'html', value: '<p>b</p>' },
      draft: true,
      private: false,
    },
    input: {
      parent: { spaceId: '1', parentContentId: 'https://a.example/wiki/x/YIAB' },
      contentType: 'live',
      title: 't',
      body: { format: 'storage', value: '<p>b</p>' },
      draft: true,
      private: false,
    },
  },
  {
    name: 'updateConfluenceContent',
    tool: 'updateConfluenceContent',
    args: {
      contentId: '98400',
      snapshotToken: '98400:1',
      body: { format: 'markdown', value: 'b' },
      versionMessage: 'm',
    },
    input: {
      contentId: '98400',
      snapshotToken: '98400:1',
      body: { format: 'markdown', value: 'b' },
      versionMessage: 'm',
    },
  },
]
