import { InvokeStore } from './runtime-invoke-store.ts';

const before: unknown = Reflect.get(globalThis, 'awslambda');
afterEach(() => {
  Reflect.set(globalThis, 'awslambda', before);
});

test('the invocation’s store is the one that the runtime made', async () => {
  const InvokeStoreOfRuntime = { getXRayTraceId: () => 'Root=1-2-3' };
  Reflect.set(globalThis, 'awslambda', { InvokeStore: InvokeStoreOfRuntime });
  expect(await InvokeStore.getInstanceAsync()).toBe(InvokeStoreOfRuntime);
});

test.each([undefined, {}])('where the runtime made none there is none: %p', async (runtime) => {
  Reflect.set(globalThis, 'awslambda', runtime);
  expect(await InvokeStore.getInstanceAsync()).toBeUndefined();
});
