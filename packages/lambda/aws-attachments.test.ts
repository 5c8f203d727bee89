import { S3Client } from '@aws-sdk/client-s3';
import { bucketAttachments } from './aws-attachments.ts';

const client = (region: string) =>
  new S3Client({
    region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
const sha256 = 'ab'.repeat(32);
const checksum = Buffer.from(sha256, 'hex').toString('base64');
const file = { id: 'a1', filename: '朱建的情况说明.pdf', contentType: 'application/pdf', size: 6_000_000, sha256 };

describe.each([
  ['eu-central-1', 'attachments.s3.eu-central-1.amazonaws.com'],
  ['cn-north-1', 'attachments.s3.cn-north-1.amazonaws.com.cn'],
])('an address in %s', (region, host) => {
  test('for uploading goes to the hash, with length and SHA-256 signed into the headers, for an hour', async () => {
    const { method, url, headers } = await bucketAttachments('attachments', client(region)).upload(file);
    const address = new URL(url);
    expect({ method, headers }).toEqual({ method: 'PUT', headers: { 'x-amz-checksum-sha256': checksum } });
    expect(`${address.host}${address.pathname}`).toBe(`${host}/${sha256}`);
    expect(address.searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;host;x-amz-checksum-sha256');
    expect(address.searchParams.get('X-Amz-Expires')).toBe('3600');
  });

  test('for fetching gives the type and a name that says nothing, for a minute', async () => {
    const found = await bucketAttachments('attachments', client(region)).fetch(file);
    const address = new URL(found !== undefined && 'url' in found ? found.url : '');
    expect(`${address.host}${address.pathname}`).toBe(`${host}/${sha256}`);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      'response-content-type': 'application/pdf',
      'response-content-disposition': 'attachment; filename="a1.pdf"',
      'X-Amz-Expires': '60',
    });
  });

  test('never holds the file’s name', async () => {
    const { upload, fetch } = bucketAttachments('attachments', client(region));
    const all = decodeURIComponent(JSON.stringify([await upload(file), await fetch(file)]));
    expect(all).not.toContain('朱建');
  });
});
