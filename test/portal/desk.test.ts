import type { Browser } from 'playwright-core';
import { chromiumPath, type Desk, deskAt, openBrowser, signInAs, widths } from './browser.ts';
import { type PortalTown, startPortalTown } from './portal-town.ts';

/* The portal in a real browser: what everybody meets first. Pictures go to artifacts/portal, to be looked at. */

const inBrowser = chromiumPath === undefined ? describe.skip : describe;
// Said by the name of a test, which every report shows.
if (chromiumPath === undefined)
  test.todo('NO CHROMIUM HERE: the portal was not tried in a browser (apt-get install chromium)');

inBrowser('the portal', () => {
  let town: PortalTown;
  let browser: Browser;
  let desk: Desk;
  beforeAll(async () => {
    [town, browser] = await Promise.all([startPortalTown(), openBrowser()]);
  }, 180_000);
  afterEach(() => desk.close());
  afterAll(async () => {
    await browser.close();
    await town.close();
  });

  /** The answers of a service that does not know them yet are no complaint. */
  const complaints = (): string[] => desk.complaints.filter((one) => !one.includes('404 (Not Found)'));

  describe.each(['wide', 'narrow'] as const)('on a %s screen', (size) => {
    beforeEach(async () => {
      desk = await deskAt(browser, size);
    });
    const expectSound = async (name: string): Promise<void> => {
      await desk.picture(name);
      expect(await desk.barriers()).toEqual([]);
      expect(await desk.sideways()).toBe(0);
      expect(complaints()).toEqual([]);
    };

    test('lists who can sign in, and moves the clock', async () => {
      await desk.page.goto(town.url);
      await desk.page.getByRole('heading', { name: '移动时钟' }).waitFor();
      await expectSound('sign-in');
    }, 60_000);

    test('shows whoever signs in what waits for them, with the focus on the page’s title', async () => {
      await signInAs(desk.page, town.url, '周勤');
      await desk.page.getByText('现在没有等您办的事').waitFor();
      expect(await desk.page.evaluate('document.activeElement?.tagName')).toBe('H1');
      expect(await desk.page.title()).toBe('工作台 · 担当');
      await expectSound('desk-empty');
    }, 60_000);

    test('speaks English to whoever asks for it', async () => {
      await signInAs(desk.page, town.url, '周勤');
      await desk.page.getByRole('button', { name: /^账户/ }).click();
      await desk.page.getByRole('menuitem', { name: 'English' }).click();
      await desk.page.getByRole('heading', { level: 1, name: 'Desk' }).waitFor();
      await expectSound('desk-english');
    }, 60_000);

    test('says in a sentence that there is no such matter, and leads back', async () => {
      await signInAs(desk.page, town.url, '杨联');
      await desk.page.goto(`${town.url}/reminders/nothing`);
      await desk.page.getByRole('heading', { level: 1, name: '没有找到' }).waitFor();
      await expectSound('not-found');
      await desk.page.getByRole('link', { name: '返回工作台' }).click();
      await desk.page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
    }, 60_000);
  });

  test('a reload keeps the page and asks for no name again', async () => {
    desk = await deskAt(browser, 'wide');
    await signInAs(desk.page, town.url, '周勤');
    await desk.page.getByRole('navigation').getByRole('link').nth(1).click();
    await desk.page.waitForURL(`${town.url}/reminders`);
    await desk.page.reload();
    await desk.page.locator('#content h1').waitFor();
    expect(desk.page.url()).toBe(`${town.url}/reminders`);
    expect(complaints()).toEqual([]);
  }, 60_000);

  test('tokens are in memory alone', async () => {
    desk = await deskAt(browser, 'wide');
    await signInAs(desk.page, town.url, '周勤');
    const kept = await desk.page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])',
    );
    expect(kept).not.toMatch(/eyJ|token/i);
  }, 60_000);

  test('whoever signs out is out, until somebody is chosen again', async () => {
    desk = await deskAt(browser, 'wide');
    await signInAs(desk.page, town.url, '周勤');
    await desk.page.getByRole('button', { name: /^账户/ }).click();
    await desk.page.getByRole('menuitem', { name: '退出登录' }).click();
    await desk.page.getByRole('heading', { name: '已退出登录' }).waitFor();
    await desk.page.getByRole('link', { name: '重新登录' }).click();
    await desk.page.getByRole('button', { name: '周勤' }).waitFor();
    expect(complaints()).toEqual([]);
  }, 60_000);

  test('the skip link leads past the sections, and “/” to the search', async () => {
    desk = await deskAt(browser, 'wide');
    await signInAs(desk.page, town.url, '周勤');
    await desk.page.keyboard.press('/');
    expect(await desk.page.evaluate('document.activeElement?.getAttribute("type")')).toBe('search');
    await desk.page.getByRole('link', { name: '跳到正文' }).focus();
    await desk.page.keyboard.press('Enter');
    expect(await desk.page.evaluate('document.activeElement?.id')).toBe('content');
  }, 60_000);

  test('a service that cannot be reached is said to be so, and asked again', async () => {
    desk = await deskAt(browser, 'narrow');
    await signInAs(desk.page, town.url, '周勤');
    await desk.context.route('**/api/deliveries**', (route) => route.abort());
    await desk.page.getByRole('button', { name: '栏目' }).click();
    await desk.page.getByRole('navigation').getByRole('link', { name: '送达' }).click();
    await desk.page.getByRole('heading', { name: '连接不上服务' }).waitFor();
    await desk.picture('unreachable');
    await desk.context.unroute('**/api/deliveries**');
    await desk.page.getByRole('button', { name: '重试' }).click();
    await desk.page.getByRole('heading', { level: 1, name: '送达' }).waitFor();
    expect(desk.page.viewportSize()).toEqual(widths.narrow);
  }, 60_000);
});
