import {
  createAttachmentProperty,
  createBlogpostProperty,
  createCommentProperty,
  createCustomContentProperty,
  createDatabaseProperty,
  createFolderProperty,
  createPageProperty,
  createSmartLinkProperty,
  createSpaceProperty,
  createWhiteboardProperty,
  deleteAttachmentPropertyById,
  deleteBlogpostPropertyById,
  deleteCommentPropertyById,
  deleteCustomContentPropertyById,
  deleteDatabasePropertyById,
  deleteFolderPropertyById,
  deletePagePropertyById,
  deleteSmartLinkPropertyById,
  deleteSpacePropertyById,
  deleteWhiteboardPropertyById,
  getAttachmentContentProperties,
  getAttachmentContentPropertiesById,
  getBlogpostContentProperties,
  getBlogpostContentPropertiesById,
  getCommentContentProperties,
  getCommentContentPropertiesById,
  getCustomContentContentProperties,
  getCustomContentContentPropertiesById,
  getDatabaseContentProperties,
  getDatabaseContentPropertiesById,
  getFolderContentProperties,
  getFolderContentPropertiesById,
  getPageContentProperties,
  getPageContentPropertiesById,
  getSmartLinkContentProperties,
  getSmartLinkContentPropertiesById,
  getSpaceProperties,
  getSpacePropertyById,
  getWhiteboardContentProperties,
  getWhiteboardContentPropertiesById,
  updateAttachmentPropertyById,
  updateBlogpostPropertyById,
  updateCommentPropertyById,
  updateCustomContentPropertyById,
  updateDatabasePropertyById,
  updateFolderPropertyById,
  updatePagePropertyById,
  updateSmartLinkPropertyById,
  updateSpacePropertyById,
  updateWhiteboardPropertyById,
} from '@telamon/confluence/operations'

import type { Call, Served } from '../http/call.ts'
import type { ContentType } from '../world/confluence-model.ts'
import { mayUpdate } from '../world/permissions.ts'
import { attachmentOf, commentOf, contentOf, mayAround, spaceOf, subjectId } from './find.ts'
import { type PropertyFamily, type PropertyOwner, serveProperties, spacePropertyView } from './properties.ts'

/** Whoever may change content may change what is kept with it (documented). */
const ofContent =
  (type: ContentType) =>
  (call: Call): PropertyOwner => {
    const content = contentOf(call, subjectId(call), { type, statuses: ['current', 'archived', 'draft'] })
    return { id: content.id, mayWrite: mayUpdate(call.caller, call.site, content) }
  }

function ofAttachment(call: Call): PropertyOwner {
  const { attachment, content } = attachmentOf(call, subjectId(call))
  return { id: attachment.id, mayWrite: mayAround(call, content, { key: 'create', target: 'attachment' }) }
}

function ofComment(call: Call): PropertyOwner {
  const { comment, content } = commentOf(call, subjectId(call))
  return { id: comment.id, mayWrite: mayAround(call, content, { key: 'create', target: 'comment' }) }
}

function ofSpace(call: Call): PropertyOwner {
  const { id } = spaceOf(call, subjectId(call))
  const mayWrite = mayAround(call, { spaceId: id }, { key: 'administer', target: 'space' })
  return { id: `space/${id}`, mayWrite }
}

const families: readonly PropertyFamily[] = [
  {
    list: getPageContentProperties,
    create: createPageProperty,
    get: getPageContentPropertiesById,
    update: updatePagePropertyById,
    remove: deletePagePropertyById,
    owner: ofContent('page'),
  },
  {
    list: getBlogpostContentProperties,
    create: createBlogpostProperty,
    get: getBlogpostContentPropertiesById,
    update: updateBlogpostPropertyById,
    remove: deleteBlogpostPropertyById,
    owner: ofContent('blogpost'),
  },
  {
    list: getAttachmentContentProperties,
    create: createAttachmentProperty,
    get: getAttachmentContentPropertiesById,
    update: updateAttachmentPropertyById,
    remove: deleteAttachmentPropertyById,
    owner: ofAttachment,
  },
  {
    list: getCustomContentContentProperties,
    create: createCustomContentProperty,
    get: getCustomContentContentPropertiesById,
    update: updateCustomContentPropertyById,
    remove: deleteCustomContentPropertyById,
    owner: ofContent('custom'),
  },
  {
    list: getWhiteboardContentProperties,
    create: createWhiteboardProperty,
    get: getWhiteboardContentPropertiesById,
    update: updateWhiteboardPropertyById,
    remove: deleteWhiteboardPropertyById,
    owner: ofContent('whiteboard'),
  },
  {
    list: getDatabaseContentProperties,
    create: createDatabaseProperty,
    get: getDatabaseContentPropertiesById,
    update: updateDatabasePropertyById,
    remove: deleteDatabasePropertyById,
    owner: ofContent('database'),
  },
  {
    list: getSmartLinkContentProperties,
    create: createSmartLinkProperty,
    get: getSmartLinkContentPropertiesById,
    update: updateSmartLinkPropertyById,
    remove: deleteSmartLinkPropertyById,
    owner: ofContent('embed'),
  },
  {
    list: getFolderContentProperties,
    create: createFolderProperty,
    get: getFolderContentPropertiesById,
    update: updateFolderPropertyById,
    remove: deleteFolderPropertyById,
    owner: ofContent('folder'),
  },
  {
    list: getCommentContentProperties,
    create: createCommentProperty,
    get: getCommentContentPropertiesById,
    update: updateCommentPropertyById,
    remove: deleteCommentPropertyById,
    owner: ofComment,
  },
  {
    list: getSpaceProperties,
    create: createSpaceProperty,
    get: getSpacePropertyById,
    update: updateSpacePropertyById,
    remove: deleteSpacePropertyById,
    owner: ofSpace,
    view: spacePropertyView,
    status: 201,
  },
]

/** Properties of everything that can have some. */
export const propertyHandlers: readonly Served[] = families.flatMap(serveProperties)
