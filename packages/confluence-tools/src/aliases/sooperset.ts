import type { ToolAlias } from '@telamon/tool-registry'

/** How a page looks, which is not said here. */
const looks = ['enable_heading_anchors', 'include_content', 'emoji', 'page_width', 'table_layout'] as const

/**
 * Names of sooperset/mcp-atlassian. An argument that would change what is written or found, and has no meaning here, is
 * not ignored: the call is refused, and says what there is.
 */
export const soopersetAliases: readonly ToolAlias[] = [
  {
    name: 'confluence_get_page',
    tool: 'getConfluenceContent',
    move: { page_id: 'contentId', title: 'contentId', space_key: 'space' },
    ignore: ['include_metadata', 'convert_to_markdown'],
  },
  {
    name: 'confluence_search',
    tool: 'searchConfluence',
    move: { query: 'cql', spaces_filter: 'spaces' },
  },
  {
    name: 'confluence_create_page',
    tool: 'createConfluenceContent',
    move: {
      space_key: 'parent.spaceId',
      parent_id: 'parent.parentContentId',
      subtype: 'contentType',
    },
    preset: { contentType: 'page' },
    ignore: looks,
  },
  {
    name: 'confluence_update_page',
    tool: 'updateConfluenceContent',
    move: { version_comment: 'versionMessage' },
    ignore: [...looks, 'is_minor_edit'],
  },
]
