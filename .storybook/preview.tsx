import addonA11y from '@storybook/addon-a11y';
import addonDocs from '@storybook/addon-docs';
import { definePreview } from '@storybook/react-vite';
import addonMsw from 'msw-storybook-addon';
import { configure } from 'storybook/test';
import '@fontsource-variable/inter';
import '../src/styles/download-button.css';
import './layout.css';
import './preview.css';
import { startWorker } from './storyService.ts';

// Two cores and thirty downloads at once take their time.
configure({ asyncUtilTimeout: 5_000 });

export default definePreview({
  addons: [addonDocs(), addonA11y(), addonMsw(startWorker)],
  globalTypes: {
    theme: {
      description: 'The page’s colour scheme',
      toolbar: {
        title: 'Theme',
        icon: 'contrast',
        items: [
          { value: 'light dark', title: 'As the system' },
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
        dynamicTitle: true,
      },
    },
    direction: {
      description: 'The page’s direction',
      toolbar: {
        title: 'Direction',
        icon: 'transfer',
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { theme: 'light', direction: 'ltr' },
  parameters: {
    layout: 'centered',
    a11y: { test: 'error' },
    controls: { expanded: true, sort: 'requiredFirst' },
    options: { storySort: { order: ['Getting started', 'DownloadButton', 'useArtifactDownload'] } },
  },
  decorators: [
    (Story, { globals }) => (
      <div
        className="story"
        dir={globals['direction'] === 'rtl' ? 'rtl' : 'ltr'}
        style={{ colorScheme: String(globals['theme']) }}
      >
        <Story />
      </div>
    ),
  ],
});
