import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { usualEnding } from '@dandang/casework/attachment-announcement.ts';
import { type AttachmentObjects, uploadSeconds } from '@dandang/accept/attachment-objects.ts';

/** A function's answer may have 6 MB, in base64: what is larger is fetched from the bucket itself. */
const mostThroughFunction = 4 * 1024 * 1024;

/** How long an address for fetching holds, in seconds: long enough to follow a redirect. */
const fetchSeconds = 60;

const checksumHeader = 'x-amz-checksum-sha256';

/**
 * Attachments in their bucket, each under its hash. An upload goes straight there: length and SHA-256 are signed into the
 * request, so that S3 itself refuses any other bytes. The content type is not stored, since equal content may have been
 * announced as two kinds, and neither is the name: addresses are logged.
 */
export function bucketAttachments(
  bucket: string,
  client = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' }),
): AttachmentObjects {
  return {
    upload: async ({ sha256, size }) => {
      const checksum = Buffer.from(sha256, 'hex').toString('base64');
      const put = new PutObjectCommand({ Bucket: bucket, Key: sha256, ContentLength: size, ChecksumSHA256: checksum });
      const unhoistableHeaders = new Set([checksumHeader]);
      const url = await getSignedUrl(client, put, { expiresIn: uploadSeconds, unhoistableHeaders });
      // Content-Length is signed too; whoever sends a body of known length says it by itself.
      return { method: 'PUT', url, headers: { [checksumHeader]: checksum } };
    },
    fetch: async ({ id, sha256: Key, size, contentType }) => {
      if (size > mostThroughFunction) {
        const get = new GetObjectCommand({
          Bucket: bucket,
          Key,
          ResponseContentType: contentType,
          ResponseContentDisposition: `attachment; filename="${id}.${usualEnding(contentType)}"`,
        });
        return { url: await getSignedUrl(client, get, { expiresIn: fetchSeconds }) };
      }
      try {
        const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
        const bytes = await found.Body?.transformToByteArray();
        return bytes === undefined ? undefined : { bytes };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}
