import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import * as z from 'zod/mini';

const substitute = (file: string): string =>
  fileURLToPath(new URL(`../packages/lambda/substitutes/${file}`, import.meta.url));

/**
 * How a function is bundled: CommonJS, because importing `node:http` as an ES module makes Node load undici
 * (nodejs/node#59686); the `module` entries of libraries, because those can be shaken; the AWS SDK inside, because the
 * runtime's own copy is slower to load than ours. `docs/performance.md` has the numbers.
 */
export const bundleOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  // Chinese texts as themselves: an escape takes twice the bytes.
  charset: 'utf8',
  legalComments: 'none',
  sourcemap: 'external',
  alias: {
    '@aws-sdk/credential-provider-node': substitute('environment-credentials.ts'),
    '@aws-sdk/middleware-endpoint-discovery': substitute('no-endpoint-discovery.ts'),
    '@aws/lambda-invoke-store': substitute('runtime-invoke-store.ts'),
  },
  // Nor may a library import a built-in as an ES module while it runs, as the SDK's HTTP handler does.
  supported: { 'dynamic-import': false },
  logLevel: 'error',
} as const satisfies BuildOptions;

/**
 * The SDK's protocols load event streams when an operation has one; none that we call does, so that stays outside. The S3
 * client imports them at its top and cannot be loaded without, so there they are bundled.
 */
const withoutEventStreams: Plugin = {
  name: 'without-event-streams',
  setup: (building) => {
    building.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

/**
 * SHA-256 written in JavaScript, for a Node without `node:crypto`. Lambda's has it, and so have ours; were it missing, the
 * first signature would say so.
 */
const withoutScriptedHash: Plugin = {
  name: 'without-scripted-hash',
  setup: (building) => {
    building.onLoad({ filter: /[\\/]checksum[\\/]sha256[\\/]Sha256Js\.js$/ }, () => ({
      contents: "export class Sha256Js { constructor() { throw new Error('node:crypto is missing'); } }",
      loader: 'js',
    }));
  },
};

/**
 * What nobody here asks for, by the end of the file that has it; were it asked for, it would say so. The adaptive mode of
 * retries brings a limiter of its own along, and a signer knows how to sign the messages of an event stream.
 */
const unasked = [
  { file: 'util-retry/AdaptiveRetryStrategy.js', name: 'AdaptiveRetryStrategy', what: 'adaptive retries' },
  { file: 'signature-v4/dist-es/HeaderFormatter.js', name: 'HeaderFormatter', what: 'signed events', method: 'format' },
] as const satisfies readonly { file: string; name: string; what: string; method?: string }[];

const withoutUnasked: Plugin = {
  name: 'without-unasked',
  setup: (building) => {
    for (const { file, name, what, ...rest } of unasked) {
      // Who signs has a formatter from the start and uses it only for an event.
      const method = 'method' in rest ? rest.method : 'constructor';
      building.onLoad(
        { filter: new RegExp(`[\\\\/]${file.replaceAll('/', '[\\\\/]').replace('.js', '\\.js')}$`) },
        () => ({
          contents: `export class ${name} { ${method}() { throw new Error('${what} are left out of bundles'); } }`,
          loader: 'js',
        }),
      );
    }
  },
};

/** Dates as JavaScript itself reads and writes them, and no host whose name a request's input begins. */
const withSubstitutes: Plugin = {
  name: 'with-substitutes',
  setup: (building) => {
    building.onResolve({ filter: /^\.\/date-utils$/ }, ({ importer }) =>
      /[\\/]submodules[\\/]serde[\\/]index\.js$/.test(importer) ? { path: substitute('built-in-dates.ts') } : undefined,
    );
    building.onResolve({ filter: /^\.\/HttpBindingNormalizedSchema$/ }, ({ importer }) =>
      /[\\/]HttpProtocol\.js$/.test(importer) ? { path: substitute('no-host-prefix.ts') } : undefined,
    );
  },
};

/**
 * The SDK gives its rules for endpoints their functions as soon as it is loaded; each client that has such rules gives them
 * again. So where no client has any (`withoutEndpointRules`), the functions and the list of partitions can be left out.
 */
const withoutIdleRules: Plugin = {
  name: 'without-idle-rules',
  setup: (building) => {
    building.onResolve({ filter: /^\.\/util-endpoints\/aws$/ }, async ({ path, resolveDir, kind, pluginData }) => {
      if (pluginData === 'found') return undefined;
      const found = await building.resolve(path, { resolveDir, kind, pluginData: 'found' });
      return { ...found, sideEffects: false };
    });
  },
};

const knownPartitions = z.looseObject({
  partitions: z.array(z.looseObject({ regionRegex: z.string(), regions: z.record(z.string(), z.unknown()) })),
});

/** The SDK's list of partitions, without the regions that their own pattern names as well, and without their names in English. */
const withoutRegionNames: Plugin = {
  name: 'without-region-names',
  setup: (building) => {
    building.onLoad({ filter: /[\\/]util-endpoints[\\/]lib[\\/]aws[\\/]partitions\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const json: unknown = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
      const info = knownPartitions.parse(json);
      const partitions = info.partitions.map(({ regions, ...partition }) => {
        const pattern = new RegExp(partition.regionRegex);
        const others = Object.keys(regions).filter((region) => !pattern.test(region));
        return { ...partition, regions: Object.fromEntries(others.map((region) => [region, {}])) };
      });
      return { contents: `export const partitionsInfo = ${JSON.stringify({ ...info, partitions })};`, loader: 'js' };
    });
  },
};

/** Where DynamoDB is, said in a line instead of the SDK's rules (`packages/lambda/substitutes/dynamodb-endpoint.ts`). */
const withoutEndpointRules: Plugin = {
  name: 'without-endpoint-rules',
  setup: (building) => {
    building.onResolve({ filter: /[\\/]endpointResolver$/ }, ({ importer }) =>
      /[\\/]@aws-sdk[\\/]client-dynamodb[\\/]/.test(importer)
        ? { path: substitute('dynamodb-endpoint.ts') }
        : undefined,
    );
  },
};

/** The SDK's clients read their own version for the user agent: of a whole package.json they get that and the name. */
const withoutManifests: Plugin = {
  name: 'without-manifests',
  setup: (building) => {
    building.onLoad({ filter: /[\\/]@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { name, version } = manifest.parse(JSON.parse(await readFile(path, 'utf8')));
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    });
  },
};
const manifest = z.object({ name: z.string(), version: z.string() });

/**
 * What DynamoDB may answer to reading and putting items; the SDK has a class and a schema for each error of all its hundred
 * operations. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html, API_GetItem, API_BatchGetItem,
 * API_PutItem. An error that is left out is a DynamoDBServiceException of the same name; who imports a class that is left
 * out cannot be bundled.
 */
const storeErrors: ReadonlySet<string> = new Set([
  'ConditionalCheckFailedException',
  'InternalServerError',
  'InvalidEndpointException',
  'ItemCollectionSizeLimitExceededException',
  'ProvisionedThroughputExceededException',
  'ReplicatedWriteConflictException',
  'RequestLimitExceeded',
  'ResourceNotFoundException',
  'ThrottlingException',
  'TransactionConflictException',
]);

/**
 * The SDK's schemas, with their keys as they are: `{ [_e]: _c }` becomes `{ "error": _c }`. A computed key might do
 * something, so a schema that nobody uses could not be left out.
 */
function withPlainKeys(text: string): string {
  const texts = new Map([...text.matchAll(/^const (\w+) = ("[^"\n]*");$/gm)].map(([, name, value]) => [name, value]));
  return text.replaceAll(/\[(_\w+)\]:/g, (computed, name: string) => {
    const plain = texts.get(name);
    return plain === undefined ? computed : `${plain}:`;
  });
}

const withoutOtherErrors: Plugin = {
  name: 'without-other-errors',
  setup: (building) => {
    const dynamo = /[\\/]client-dynamodb[\\/]dist-es[\\/]/.source;
    /** Keeps the blocks of the errors that are wanted; `whole` finds each block and names it. */
    const kept = (text: string, whole: RegExp): string => {
      let left = 0;
      const less = text.replaceAll(whole, (block: string, name: string) => {
        if (storeErrors.has(name)) return block;
        left += 1;
        return '';
      });
      if (left === 0) throw new Error('the SDK spells its errors otherwise: nothing was left out');
      return less;
    };
    building.onLoad({ filter: new RegExp(`${dynamo}models[\\\\/]errors\\.js$`) }, async ({ path }) => ({
      contents: kept(
        await readFile(path, 'utf8'),
        /^export class (\w+) extends __BaseException \{\n(?:[ \t].*\n)*\}\n/gm,
      ),
      loader: 'js',
    }));
    building.onLoad({ filter: new RegExp(`${dynamo}schemas[\\\\/]schemas_0\\.js$`) }, async ({ path }) => {
      const registered = kept(await readFile(path, 'utf8'), /^n0_registry\.registerError\(\w+\$, (\w+)\);\n/gm);
      const contents = registered.replace(
        /^import \{([^}]*)\} from "\.\.\/models\/errors";/m,
        (_all, names: string) =>
          `import { ${names
            .split(',')
            .filter((one) => storeErrors.has(one.trim()))
            .join(',')} } from "../models/errors";`,
      );
      return { contents: withPlainKeys(contents), loader: 'js' };
    });
  },
};

/**
 * Lambda has no files of a user's settings, so the SDK need not be able to read them: what it would look for there is said
 * by us or by the environment. Nor is there a machine to be asked for its region: the environment says it.
 */
const withoutSettingsFiles: Plugin = {
  name: 'without-settings-files',
  setup: (building) => {
    building.onResolve({ filter: /[\\/](fromSharedConfigFiles|getInstanceMetadataRegion)$/ }, ({ path }) => ({
      path: substitute(path.endsWith('Region') ? 'no-machine-region.ts' : 'no-settings-files.ts'),
    }));
  },
};

/** The bundle of one function, as it is deployed. */
export interface Bundle {
  /** What Lambda loads. */
  readonly code: Uint8Array;
  /** For a stack trace's reader; it is not deployed. */
  readonly sourceMap: Uint8Array;
  /** Bytes of the code by the package or folder that they come from. */
  readonly weights: ReadonlyMap<string, number>;
  /** The files that some of the code comes from, as paths inside the project. */
  readonly files: ReadonlySet<string>;
}

/** `functions/<name>/index.ts` of the project that this file belongs to. */
export const entryOf = (functionName: string): string =>
  fileURLToPath(new URL(`../functions/${functionName}/index.ts`, import.meta.url));

const folderOf = (input: string): string => {
  const inside = input.split('node_modules/').at(-1) ?? input;
  return inside
    .split('/')
    .slice(0, inside.startsWith('@') || inside === input ? 2 : 1)
    .join('/');
};

/**
 * Bundles one entry in memory, for the newest runtime unless `target` says another. With `handler` only that export of the
 * entry is kept, and what the others alone need stays outside: a folder's functions are deployed one by one, and what
 * listens to the bus knows more measures than what answers requests. Throws esbuild's BuildFailure.
 */
export async function bundle(entry: string, target: string = bundleOptions.target, handler?: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...bundleOptions,
    target,
    alias: { ...bundleOptions.alias },
    mainFields: [...bundleOptions.mainFields],
    plugins: [
      withoutEventStreams,
      withoutManifests,
      withoutScriptedHash,
      withoutEndpointRules,
      withoutUnasked,
      withSubstitutes,
      withoutIdleRules,
      withoutRegionNames,
      withoutOtherErrors,
      withoutSettingsFiles,
    ],
    ...(handler === undefined
      ? { entryPoints: [entry] }
      : { stdin: { contents: `export { ${handler} } from ${JSON.stringify(entry)};`, resolveDir: dirname(entry) } }),
    outfile: 'index.js',
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    write: false,
    metafile: true,
  });
  const named = (end: string): Uint8Array => {
    const found = outputFiles.find(({ path }) => path.endsWith(end));
    if (found === undefined) throw new Error(`esbuild wrote no ${end}`);
    return found.contents;
  };
  const weights = new Map<string, number>();
  const files = new Set<string>();
  for (const [path, { inputs }] of Object.entries(metafile.outputs)) {
    if (!path.endsWith('.js')) continue;
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      weights.set(folderOf(input), (weights.get(folderOf(input)) ?? 0) + bytesInOutput);
      if (bytesInOutput > 0) files.add(input);
    }
  }
  return { code: named('index.js'), sourceMap: named('index.js.map'), weights, files };
}
