import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { light } from '../api/answers.ts';
import { Workbench } from '../workbench/workbench.tsx';
import { Failure } from './failure-page.tsx';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <Failure error={error} again={reset} />,
});

const deskSearch = z.object({
  tab: z.catch(z.optional(z.enum(['sign'])), undefined),
  light: z.catch(z.optional(light), undefined),
});

const listSearch = z.object({
  state: z.catch(z.optional(z.string().check(z.regex(/^[a-z-]{1,40}$/))), undefined),
  light: z.catch(z.optional(light), undefined),
});

const tabSearch = z.object({
  tab: z.catch(z.optional(z.enum(['letters', 'content', 'record'])), undefined),
  letter: z.catch(z.optional(z.string().check(z.regex(/^[a-z0-9]{1,40}$/))), undefined),
});

const desk = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: (search) => deskSearch.parse(search),
  component: Workbench,
});

const deliveries = createRoute({
  getParentRoute: () => root,
  path: '/deliveries',
  validateSearch: (search) => z.object({ state: listSearch.shape.state }).parse(search),
  component: lazyRouteComponent(() => import('../deliveries/deliveries-page.tsx'), 'DeliveriesPage'),
});

const delivery = createRoute({
  getParentRoute: () => root,
  path: '/deliveries/$id',
  component: lazyRouteComponent(() => import('../deliveries/delivery-page.tsx'), 'DeliveryPage'),
});

const list = createRoute({
  getParentRoute: () => root,
  path: '/$collection',
  validateSearch: (search) => listSearch.parse(search),
  component: lazyRouteComponent(() => import('../list/list-page.tsx'), 'ListPage'),
});

const opening = createRoute({
  getParentRoute: () => root,
  path: '/$collection/new',
  component: lazyRouteComponent(() => import('../form/opening-page.tsx'), 'OpeningPage'),
});

const matter = createRoute({
  getParentRoute: () => root,
  path: '/$collection/$id',
  validateSearch: (search) => tabSearch.parse(search),
  component: lazyRouteComponent(() => import('../matter/matter-page.tsx'), 'MatterPage'),
});

const command = createRoute({
  getParentRoute: () => root,
  path: '/$collection/$id/$command',
  component: lazyRouteComponent(() => import('../form/command-page.tsx'), 'CommandPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([desk, deliveries, delivery, list, opening, matter, command]),
  scrollRestoration: true,
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
