import type { Claim } from './claim.ts'

export const requestAttachmentClaims: readonly Claim[] = [
  {
    id: 'request-file.wait',
    operations: ['attachTemporaryFile', 'createCommentWithAttachment', 'getCommentAttachments'],
    says: 'Files wait at the desk until a comment puts them on a request, which then names them.',
    label: 'documented',
    source: 'attachTemporaryFile, createCommentWithAttachment',
    test: 'files wait at the desk until a comment puts them on a request',
  },
  {
    id: 'request-file.hour',
    operations: ['createCommentWithAttachment'],
    says: 'Files wait for an hour, and for who sent them.',
    label: 'inferred',
    source: 'createCommentWithAttachment: 400 when they have expired, without a time',
    test: 'files wait for an hour, and for who sent them',
  },
  {
    id: 'request-file.internal',
    operations: [
      'getAttachmentsForRequest',
      'jira-service-management/getAttachmentContent',
      'jira-service-management/getAttachmentThumbnail',
    ],
    says: 'Files of internal comments are not there for customers.',
    label: 'documented',
    source: 'getAttachmentsForRequest: customers will only get a list of public attachments',
    test: 'files of internal comments are not there for customers',
  },
  {
    id: 'request-file.refusals',
    operations: ['attachTemporaryFile'],
    says: 'Files come in a form that says that it is meant, and not too many at once.',
    label: 'documented',
    source: 'attachTemporaryFile',
    test: 'files come in a form that says that it is meant',
  },
  {
    id: 'request-comment.property',
    operations: ['jira-platform-v3/addComment'],
    says: 'The property sd.public.comment makes a comment of a request internal.',
    label: 'documented',
    source: 'support.atlassian.com: internal comments by the REST API of Jira',
    test: 'a property of a comment makes it internal',
  },
]
