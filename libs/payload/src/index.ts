export { inflateBody, inflateBodyNow, type Inflated } from './content-encoding.js';
export { kindOfType, parseContentType, type BodyKind, type ContentType } from './content-type.js';
export { readQuery, type FormFields } from './form.js';
export { checkJson, isTooDeep } from './json.js';
export { readMultipartParts, textOf, type FilePart, type MultipartPart } from './multipart.js';
export { addOwn, setOwn } from './own-property.js';
export { bodyKind, readBody, type ReceivedBody } from './read-body.js';
export { writeForm, type WrittenForm } from './write-form.js';
export type { BodyReading, UnreadableReason } from './reading.js';
