import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);

// The first button of a file waits for code that is loaded on demand, which a busy machine may take
// its time to compile.
configure({ asyncUtilTimeout: 5_000 });
