import { addons } from 'storybook/manager-api';

// A heading for the one group would put it last, whatever `storySort` says.
addons.setConfig({ sidebar: { showRoots: false } });
