import type { ThemeConfig } from 'antd';

/** Calm and dense; red is for what is overdue or refused, and nothing else. The same values stand in portal.css. */
export const theme: ThemeConfig = {
  hashed: false,
  token: {
    colorPrimary: '#1d4f91',
    colorLink: '#1d4f91',
    colorError: '#b3261e',
    colorWarning: '#8a5a00',
    colorSuccess: '#1a6b3c',
    colorText: '#1f2328',
    colorTextSecondary: '#595f69',
    colorTextTertiary: '#595f69',
    colorTextDescription: '#595f69',
    colorTextPlaceholder: '#6b7280',
    colorBorder: '#b8c0cc',
    colorBorderSecondary: '#dfe3e8',
    colorBgLayout: '#f4f5f7',
    borderRadius: 4,
    fontSize: 14,
    fontFamily: '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif',
    motion: false,
    boxShadow: '0 2px 12px rgba(31,35,40,.16)',
    boxShadowSecondary: '0 2px 12px rgba(31,35,40,.16)',
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Tabs: { horizontalItemPadding: '8px 0', horizontalMargin: '0 0 12px' },
    Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 4px' },
  },
};
