import { getSystemErrorMap } from 'node:util'

/**
 * Says why a file cannot be read or written, in words; what Node.js says repeats the path, and the
 * name of the call.
 */
export function whyNoAccess({ code, errno, message }: NodeJS.ErrnoException): string {
  if (code === 'EISDIR') return 'it is a folder'
  return (errno !== undefined && getSystemErrorMap().get(errno)?.[1]) || message
}
