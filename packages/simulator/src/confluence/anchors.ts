import { isAnchored } from '../content/marking.ts'
import type { Content, ContentComment, InlineAnchor } from '../world/confluence-model.ts'
import type { Site } from '../world/model.ts'
import { commentsAt } from '../world/wiki-indexes.ts'
import { newest } from './view.ts'

/** An inline comment whose words are gone dangles; one whose words are back is open again (inferred). */
export function settleAnchors(site: Site, content: Content): void {
  const { body } = newest(content)
  for (const { anchor } of commentsAt(site, content.id)) {
    if (!anchor || anchor.status === 'resolved') continue
    const there = isAnchored(body, anchor.markerRef)
    if (!there) anchor.status = 'dangling'
    else if (anchor.status === 'dangling') anchor.status = 'open'
  }
}

/** The anchor of an inline comment, which replies share with the comment that they answer in the end. */
export function anchorOf(site: Site, comment: ContentComment): InlineAnchor | undefined {
  let here: ContentComment | undefined = comment
  while (here && !here.anchor && here.parentId !== null) here = site.confluence.comments.get(here.parentId)
  return here?.anchor
}
