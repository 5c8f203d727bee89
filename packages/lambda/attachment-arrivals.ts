import { Sha256Node } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ArrivedAttachments } from '@dandang/accept/attachment-objects.ts';
import { defaultProvider } from './substitutes/environment-credentials.ts';

export interface ArrivalsBucket {
  readonly bucket: string;
  readonly region: string;
  /** Another S3 than the region's, such as an emulator. */
  readonly endpoint?: string | undefined;
}

/** Where an object is: of the region's own S3 the bucket is in the host's name, of another one in the path. */
const addressOf = ({ bucket, region, endpoint }: ArrivalsBucket, key: string): URL =>
  endpoint === undefined
    ? new URL(`https://${bucket}.s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/${key}`)
    : new URL(`/${bucket}/${key}`, endpoint);

class ArrivalUnknown extends Error {
  override readonly name = 'ArrivalUnknown';
}

/**
 * What has arrived in the attachments bucket, asked for with one HEAD of the object. S3 counted and hashed the bytes when
 * they came. It is signed and sent here, not by the S3 client: a function that only asks this would carry 200 kB of client
 * to every cold start (`docs/performance.md`). Errors: throws where S3 answers anything but 200 or 404.
 */
export function bucketArrivals(where: ArrivalsBucket): ArrivedAttachments {
  const signer = new SignatureV4({
    service: 's3',
    region: where.region,
    credentials: defaultProvider(),
    sha256: Sha256Node,
    uriEscapePath: false,
  });
  return {
    stat: async ({ sha256 }) => {
      const url = addressOf(where, sha256);
      const { headers } = await signer.sign({
        method: 'HEAD',
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        query: {},
        headers: { host: url.host, 'x-amz-checksum-mode': 'ENABLED' },
      });
      const { host: _host, ...signed } = headers;
      const answer = await fetch(url, { method: 'HEAD', headers: signed, signal: AbortSignal.timeout(5000) });
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw new ArrivalUnknown(`the attachments bucket answered ${answer.status}`);
      const checksum = answer.headers.get('x-amz-checksum-sha256') ?? '';
      return {
        size: Number(answer.headers.get('content-length') ?? Number.NaN),
        sha256: Buffer.from(checksum, 'base64').toString('hex'),
      };
    },
  };
}
