import type { Browser } from 'playwright-core';
import { chromiumPath, type Desk, deskAt, openBrowser, signInAs, type widths } from './browser.ts';
import { type PortalTown, startPortalTown } from './portal-town.ts';

/* A reminder from its draft to the unit's reply, by the people whose it is, in a real browser. */

const inBrowser = chromiumPath === undefined ? describe.skip : describe;
if (chromiumPath === undefined)
  test.todo('NO CHROMIUM HERE: the reminder was not told in a browser (apt-get install chromium)');

const subject = '保障房配套道路未开工';

inBrowser('a reminder in the portal', () => {
  let town: PortalTown;
  let browser: Browser;
  const desks: Desk[] = [];
  beforeAll(async () => {
    [town, browser] = await Promise.all([startPortalTown(), openBrowser()]);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await town.close();
  });

  const as = async (name: string, size: keyof typeof widths): Promise<Desk> => {
    const desk = await deskAt(browser, size);
    desks.push(desk);
    await signInAs(desk.page, town.url, name);
    return desk;
  };
  const expectSound = async (desk: Desk, name: string): Promise<void> => {
    await desk.picture(name);
    expect(await desk.barriers()).toEqual([]);
    expect(await desk.sideways()).toBe(0);
    expect(desk.complaints).toEqual([]);
  };
  const backAtMatter = (desk: Desk) => desk.page.getByRole('heading', { level: 1, name: subject }).waitFor();
  const submit = (desk: Desk, name: string | RegExp) => desk.page.locator('form').getByRole('button', { name }).click();

  test('is drafted, approved, issued, signed for and replied to', async () => {
    const clerk = await as('周勤', 'wide');
    await clerk.page.getByRole('button', { name: /起草/ }).click();
    await clerk.page.getByRole('menuitem', { name: '起草提醒函' }).click();
    await clerk.page.getByRole('heading', { level: 1, name: '起草提醒函' }).waitFor();
    await submit(clerk, '起草提醒函');
    await clerk.page.getByRole('alert').getByRole('link', { name: '请填写被提醒单位' }).click();
    expect(await clerk.page.evaluate('document.activeElement?.id')).toBe('field-unit');
    await expectSound(clerk, 'draft-refused');
    await clerk.page.keyboard.type('住房');
    await clerk.page.keyboard.press('Enter');
    await clerk.page.getByLabel('分管市领导').click();
    await clerk.page
      .getByText(/^钱管（演示）/)
      .last()
      .click();
    await clerk.page.getByText('推进全市重点工作成效不明显').click();
    await clerk.page.getByLabel('事由').fill(subject);
    await clerk.page.getByRole('textbox', { name: '有关情况' }).fill('（演示）列入年度计划的12个项目中，5个尚未开工。');
    await clerk.page.getByRole('textbox', { name: '工作要求' }).fill('（演示）逐项目查明原因，明确责任人和完成时限。');
    await clerk.page
      .getByLabel(/^答复时限/)
      .first()
      .fill('3');
    await clerk.page.getByText('已暂存在本窗口').waitFor();
    // What was written outlives a reload, and with it another sign-in.
    await clerk.page.reload();
    await clerk.page.getByText('已恢复您上次在本窗口填写的内容').waitFor();
    expect(await clerk.page.getByLabel('事由').inputValue()).toBe(subject);
    await expectSound(clerk, 'draft');
    await submit(clerk, '起草提醒函');
    await backAtMatter(clerk);
    await clerk.page.getByRole('button', { name: '报批' }).click();
    await submit(clerk, '报批');
    await backAtMatter(clerk);
    await expectSound(clerk, 'submitted');

    const leader = await as('钱管', 'narrow');
    await leader.page.getByRole('link', { name: `批准：${subject}` }).click();
    await leader.page.getByLabel('审批意见').fill('同意印发。');
    await expectSound(leader, 'approve');
    await submit(leader, '批准');
    await backAtMatter(leader);

    await clerk.page.getByRole('link', { name: '工作台' }).first().click();
    await clerk.page.reload();
    await clerk.page.getByRole('link', { name: `印发：${subject}` }).click();
    await expectSound(clerk, 'issue');
    await submit(clerk, /印发/);
    await backAtMatter(clerk);
    await clerk.page.getByText('演督函〔2026〕2号').first().waitFor();
    await clerk.page.getByText('未签收').first().waitFor();
    await expectSound(clerk, 'issued');

    const liaison = await as('杨联', 'narrow');
    await liaison.page
      .getByRole('link', { name: /^待签收/ })
      .first()
      .click();
    await liaison.page
      .getByRole('link', { name: /^签收：/ })
      .first()
      .click();
    // A service that does not say of which letter the to-do is leads to the list of letters.
    if ((await liaison.page.locator('#content h1').innerText()) === '送达')
      await liaison.page.locator('a[data-row]').first().click();
    await liaison.page.getByRole('button', { name: '签收' }).click();
    await liaison.page.getByText(/已签收/).waitFor();
    await liaison.page.getByRole('link', { name: '答复', exact: true }).waitFor();
    await expectSound(liaison, 'signed');
    await liaison.page.getByRole('link', { name: '答复', exact: true }).click();
    await liaison.page.getByLabel('整改措施和落实情况').fill('（演示）已全部开工。');
    const paper = { name: '开工照片.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') };
    await liaison.page.setInputFiles('input[type=file]', paper);
    await liaison.page.getByRole('button', { name: '删除 开工照片.pdf' }).waitFor();
    await expectSound(liaison, 'reply');
    await submit(liaison, '答复');
    await backAtMatter(liaison);
    await liaison.page.getByText('已答复').first().waitFor();
    await expectSound(liaison, 'replied');

    for (const desk of desks) await desk.close();
  }, 300_000);
});
