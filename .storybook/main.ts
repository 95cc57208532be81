import { defineMain } from '@storybook/react-vite/node';
import { msw } from 'msw/vite';

/** Plugins of vite.config.ts that make a package, and no page. */
const LIBRARY_ONLY = ['style-sheet', 'worker-url'];

export default defineMain({
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  typescript: { reactDocgen: 'react-docgen' },
  viteFinal(config) {
    return {
      ...config,
      // The project's own build settings are those of a library.
      build: {
        ...config.build,
        lib: false,
        rolldownOptions: {},
        // Has `light-dark()`, whose stand-in would overlook a `color-scheme` that is set by script.
        cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      },
      plugins: [
        ...(config.plugins ?? []).filter(
          (plugin) => !(plugin && 'name' in plugin && LIBRARY_ONLY.includes(plugin.name)),
        ),
        // Serves MSW's worker, and emits it in the static build.
        msw({ mode: 'worker-only' }),
      ],
    };
  },
});
