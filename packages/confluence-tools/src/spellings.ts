/** Other ways in which callers name the content. */
export const contentSpellings = {
  content_id: 'contentId',
  'content-id': 'contentId',
  content_url: 'contentId',
  'content-url': 'contentId',
  contentUrl: 'contentId',
  pageId: 'contentId',
  page_id: 'contentId',
} as const

/** Other ways in which callers write a body. */
export const bodySpellings = {
  body: 'body.value',
  content: 'body.value',
  contentFormat: 'body.format',
  content_format: 'body.format',
  'content-format': 'body.format',
} as const

/** What others call the formats of a body. */
export const bodyFormats = { 'body.format': { html: 'storage', xhtml: 'storage' } } as const
