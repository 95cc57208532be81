import { act, render, renderHook, screen, waitFor } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { artifactInspectionOptions, useArtifactDownload } from '../../src/index.ts';
import { findButton, mockPage } from './mockedPage.tsx';

const page = mockPage();

function OwnButton({ token }: { token: string }) {
  const { state, buttonProps, cancelProps, progressProps, statusProps } = useArtifactDownload({
    token,
  });
  return (
    <div>
      <button {...buttonProps}>Get the drawings</button>
      {state.status === 'downloading' && (
        <>
          <div {...progressProps} />
          <button {...cancelProps}>✕</button>
        </>
      )}
      <p {...statusProps} />
    </div>
  );
}

it('gives an app’s own markup the same behaviour and accessibility', async () => {
  page.line({ bytesPerSecond: 1_000_000 });
  const token = page.issue();
  render(<OwnButton token={token} />);
  const button = screen.getByRole('button', { name: 'Get the drawings' });
  await waitFor(() => expect(button).not.toHaveAttribute('aria-disabled'));
  await page.user.dblClick(button);
  await screen.findByRole('progressbar', { name: 'plan.pdf' });
  const cancel = await findButton(/^Cancel download of .plan\.pdf.$/);
  act(() => cancel.focus());
  await page.user.keyboard('{Enter}');
  await waitFor(() =>
    expect(screen.getByRole('status').textContent).toMatch(/^Download canceled\./),
  );
  expect(button).toHaveFocus();
  expect(page.log(token)).toEqual(['HEAD 200', 'GET 200', 'HEAD 410']);
});

it('its actions do nothing where the state does not allow them', async () => {
  const token = page.issue();
  const { result } = renderHook(() => useArtifactDownload({ token }));
  act(() => {
    result.current.download();
    result.current.cancel();
    result.current.saveAgain();
  });
  await waitFor(() => expect(result.current.state.status).toBe('ready'));
  act(() => {
    result.current.cancel();
    result.current.saveAgain();
  });
  expect(result.current.state.status).toBe('ready');
  expect(page.log(token)).toEqual(['HEAD 200']);
  act(() => result.current.recheck());
  await waitFor(() => expect(page.log(token)).toEqual(['HEAD 200', 'HEAD 200']));
});

it('an app that has asked ahead of time costs no second HEAD, and loses no words', async () => {
  const token = page.issue();
  const queryClient = new QueryClient();
  await queryClient.prefetchQuery(artifactInspectionOptions({ token }));
  const { result } = renderHook(() => useArtifactDownload({ token, queryClient }));
  expect(result.current.state.status).toBe('ready');
  await waitFor(() => expect(result.current.description.message).toBe('PDF · 2 MB'));
  expect(page.log(token)).toEqual(['HEAD 200']);
});
