/** "Façade ouest": the west elevation at dusk, 1200 × 750. */
const FLOORS = 4;
const BAYS = 11;
const LEFT = 250;
const BAY = 64;
const GROUND = 600;
const STOREY = 92;
const TOP = GROUND - FLOORS * STOREY;

/** A fixed pattern that looks like none: the same picture each time. */
const chance = (seed: number) => ((seed * 2654435761) >>> 8) % 100;

function bay(floor: number, column: number): string {
  const x = LEFT + column * BAY;
  const y = GROUND - (floor + 1) * STOREY;
  const isLit = chance(floor * 31 + column * 7 + 5) < 46;
  const blind = chance(floor * 13 + column * 17 + 2) % 4;
  const height = floor === 0 ? STOREY - 14 : STOREY - 26;
  const glass = `<rect x="${x + 8}" y="${y + 14}" width="${BAY - 16}" height="${height}" fill="url(#${isLit ? 'lit' : 'sky-glass'})"/>`;
  const shade =
    isLit && blind < 2 && floor > 0
      ? `<rect x="${x + 8}" y="${y + 14}" width="${BAY - 16}" height="${14 + blind * 12}" fill="#f3d9a8" opacity=".55"/>`
      : '';
  const person =
    isLit && chance(floor * 5 + column * 11) < 22
      ? `<g fill="#3b2a24" opacity=".75"><circle cx="${x + 28}" cy="${y + height - 22}" r="4"/><path d="M${x + 22} ${y + height + 14}v-24q6-7 12 0v24z"/></g>`
      : '';
  const frame = `<path d="M${x + BAY / 2} ${y + 14}v${height}M${x + 8} ${y + 34}h${BAY - 16}" stroke="#20242c" stroke-width="2"/><rect x="${x + 8}" y="${y + 14}" width="${BAY - 16}" height="${height}" fill="none" stroke="#20242c" stroke-width="3"/>`;
  const sill =
    floor > 0
      ? `<rect x="${x + 4}" y="${y + 14 + height}" width="${BAY - 8}" height="4" fill="#c9b7a4"/>`
      : '';
  return glass + shade + person + frame + sill;
}

function fins(): string {
  return Array.from({ length: BAYS + 1 }, (_, index) => {
    const x = LEFT + index * BAY - 4;
    return `<rect x="${x}" y="${TOP + 6}" width="8" height="${GROUND - TOP - 6}" fill="url(#fin)"/><rect x="${x + 8}" y="${TOP + 6}" width="7" height="${GROUND - TOP - 6}" fill="#000" opacity=".16"/>`;
  }).join('');
}

function tree(x: number, size: number): string {
  const crown = Array.from({ length: 26 }, (_, index) => {
    const angle = index * 2.4;
    const reach = Math.sqrt(index / 26) * size;
    const cx = (x + Math.cos(angle) * reach).toFixed(1);
    const cy = (GROUND - size * 1.75 + Math.sin(angle) * reach * 1.05).toFixed(1);
    const tone = ['#1d3531', '#24413a', '#2c4c42', '#193029'][index % 4];
    return `<circle cx="${cx}" cy="${cy}" r="${(size * 0.34).toFixed(1)}" fill="${tone}" opacity=".9"/>`;
  }).join('');
  return `<path d="M${x - 4} ${GROUND + 6}q3-${size} 2-${size * 1.5}h4q-1 ${size * 0.5} 2 ${size * 1.5}z" fill="#17211f"/>${crown}`;
}

/** The picture as a page for Chromium to photograph. */
export function facadePage(): string {
  const width = BAYS * BAY;
  const bays = Array.from({ length: FLOORS * BAYS }, (_, index) =>
    bay(Math.floor(index / BAYS), index % BAYS),
  ).join('');
  const slabs = Array.from(
    { length: FLOORS },
    (_, floor) =>
      `<rect x="${LEFT - 6}" y="${GROUND - (floor + 1) * STOREY}" width="${width + 12}" height="8" fill="#d8c8b6"/><rect x="${LEFT - 6}" y="${GROUND - (floor + 1) * STOREY + 8}" width="${width + 12}" height="5" fill="#000" opacity=".28"/>`,
  ).join('');
  return `<!doctype html><meta charset="utf-8"><style>body{margin:0}svg{display:block}</style>
<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="750" viewBox="0 0 1200 750">
  <defs>
    <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#1f3155"/><stop offset=".5" stop-color="#5b6d94"/><stop offset=".8" stop-color="#e0a78a"/><stop offset="1" stop-color="#f5cf9f"/></linearGradient>
    <linearGradient id="wall" x2="1" y2="0"><stop stop-color="#a58f7c"/><stop offset="1" stop-color="#83705f"/></linearGradient>
    <linearGradient id="lit" x2="0" y2="1"><stop stop-color="#ffd58a"/><stop offset="1" stop-color="#f2a24c"/></linearGradient>
    <linearGradient id="sky-glass" x2=".4" y2="1"><stop stop-color="#6f84ab"/><stop offset=".55" stop-color="#3a4867"/><stop offset="1" stop-color="#2a3448"/></linearGradient>
    <linearGradient id="fin" x2="1" y2="0"><stop stop-color="#e9dccb"/><stop offset="1" stop-color="#b7a48f"/></linearGradient>
    <linearGradient id="street" x2="0" y2="1"><stop stop-color="#4c4a52"/><stop offset="1" stop-color="#26272e"/></linearGradient>
    <radialGradient id="glow"><stop stop-color="#ffc069" stop-opacity=".42"/><stop offset="1" stop-color="#ffc069" stop-opacity="0"/></radialGradient>
  </defs>
  <rect width="1200" height="620" fill="url(#sky)"/>
  <g fill="#47536f"><path d="M0 600V470h90v-40h70v70h70v100z"/><path d="M960 600V430h60v-70h80v90h100v150z"/></g>
  <g fill="#37415b"><path d="M0 600v-80h60v-30h50v40h120v70z"/><path d="M1000 600v-90h70v-30h60v60h70v60z"/></g>
  <rect x="${LEFT + 3 * BAY}" y="${TOP - 40}" width="${4 * BAY}" height="42" fill="#6b5c50"/>
  <g fill="#2b3144"><rect x="${LEFT + 3 * BAY + 20}" y="${TOP - 52}" width="40" height="12"/><rect x="${LEFT + 5 * BAY}" y="${TOP - 86}" width="3" height="50"/></g>
  <rect x="${LEFT - 10}" y="${TOP - 12}" width="${width + 20}" height="20" fill="#e6d8c7"/>
  <rect x="${LEFT}" y="${TOP + 8}" width="${width}" height="${GROUND - TOP - 8}" fill="url(#wall)"/>
  ${bays}${slabs}${fins()}
  <rect x="${LEFT + 4 * BAY + 4}" y="${GROUND - STOREY + 4}" width="${3 * BAY - 8}" height="14" fill="#20242c"/>
  <rect y="${GROUND}" width="1200" height="150" fill="url(#street)"/>
  <rect y="${GROUND}" width="1200" height="26" fill="#77706f"/><rect y="${GROUND + 26}" width="1200" height="5" fill="#3a393f"/>
  <ellipse cx="${LEFT + width / 2}" cy="${GROUND + 20}" rx="${width * 0.6}" ry="80" fill="url(#glow)" clip-path="inset(60px 0 0)"/>
  <path d="M0 690h1200" stroke="#d9d2c6" stroke-width="3" stroke-dasharray="60 46" opacity=".45"/>
  ${tree(120, 62)}${tree(205, 42)}${tree(1030, 54)}${tree(1120, 70)}
  <g stroke="#1b1e26" stroke-width="4"><path d="M420 ${GROUND + 12}v-104h26M860 ${GROUND + 12}v-104h26" fill="none"/></g>
  <g fill="#ffe6b0"><rect x="436" y="${GROUND - 94}" width="22" height="5"/><rect x="876" y="${GROUND - 94}" width="22" height="5"/></g>
  <g fill="#1b1e26"><circle cx="600" cy="${GROUND - 30}" r="5"/><path d="M592 ${GROUND + 14}v-34q8-9 16 0v34z"/><circle cx="622" cy="${GROUND - 27}" r="5"/><path d="M614 ${GROUND + 14}v-31q8-9 16 0v31z"/></g>
</svg>`;
}
