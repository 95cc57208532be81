import { DownloadButton, type DownloadButtonProps } from '../src/index.ts';
import './stories.css';

/** A button’s props, by the name of its state. */
export type Given = Readonly<Record<string, DownloadButtonProps>>;

/** One row a state. Both buttons of a row have one token: a click on either moves both. */
export function StateMatrix({ given }: { given: Given }) {
  return (
    <table className="matrix">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Light</th>
          <th scope="col">Dark</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(given).map(([name, props]) => (
          <tr key={name}>
            <th scope="row">{inWords(name)}</th>
            <td style={{ colorScheme: 'light' }}>
              <DownloadButton {...props} />
            </td>
            <td style={{ colorScheme: 'dark' }}>
              <DownloadButton {...props} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `readyUntilSoon` → `Ready until soon` */
export function inWords(name: string): string {
  const words = name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
