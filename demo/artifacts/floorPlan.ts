/**
 * "A-201 Floor plan Level 2": an A3 sheet at 1:100, drawn in millimetres of paper, so that 10 mm are
 * one metre of an invented office building.
 */
const GRID_X = [0, 54, 108, 162, 216, 270];
const GRID_Y = [0, 66, 96, 162];
const [, , , , , WIDTH = 0] = GRID_X;
const [, , , DEPTH = 0] = GRID_Y;

interface Room {
  readonly number: string;
  readonly name: string;
  readonly box: readonly [x: number, y: number, width: number, height: number];
}

const ROOMS: readonly Room[] = [
  { number: '201', name: 'Studio', box: [0, 0, 54, 66] },
  { number: '202', name: 'Studio', box: [54, 0, 54, 66] },
  { number: '203', name: 'Stair', box: [108, 0, 27, 66] },
  { number: '204', name: 'Lobby', box: [135, 36, 27, 30] },
  { number: '205', name: 'Meeting', box: [162, 0, 54, 66] },
  { number: '206', name: 'Archive', box: [216, 0, 54, 66] },
  { number: '207', name: 'Corridor', box: [0, 66, 270, 30] },
  { number: '208', name: 'Open office', box: [0, 96, 108, 66] },
  { number: '209', name: 'Library', box: [108, 96, 54, 66] },
  { number: '210', name: 'Workshop', box: [162, 96, 54, 66] },
  { number: '211', name: 'Café', box: [216, 96, 54, 66] },
];

const line = (x1: number, y1: number, x2: number, y2: number, style = 'thin') =>
  `<line class="${style}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
const rect = (x: number, y: number, width: number, height: number, style = 'thin') =>
  `<rect class="${style}" x="${x}" y="${y}" width="${width}" height="${height}"/>`;
const circle = (x: number, y: number, radius: number, style = 'thin') =>
  `<circle class="${style}" cx="${x}" cy="${y}" r="${radius}"/>`;
const text = (x: number, y: number, words: string, style = '') =>
  `<text class="${style}" x="${x}" y="${y}">${words}</text>`;
const repeat = (count: number, draw: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => draw(index)).join('');
const moved = (x: number, y: number, content: string, turn = 0) =>
  `<g transform="translate(${x} ${y}) rotate(${turn})">${content}</g>`;

/** A 0.9 m leaf hinged at the origin: the gap along x, the swing towards +y. */
const DOOR =
  rect(0, -1.2, 9, 2.4, 'gap') +
  line(0, 0, 0, 9, 'leaf') +
  '<path class="thin" d="M0 9A9 9 0 0 0 9 0"/>';

/** A window of 3.6 m in an outer wall that runs along x. */
const WINDOW = rect(-18, -2, 36, 4, 'gap') + rect(-18, -2, 36, 4) + line(-18, 0, 18, 0);

const DESK =
  rect(0, 0, 16, 8, 'furniture') +
  rect(5, 2.2, 6, 1, 'furniture') +
  circle(8, 11, 2.3, 'furniture');

function walls(): string {
  const inner = GRID_X.slice(1, -1).flatMap((x) => [
    line(x, 0, x, 66, 'wall'),
    x === 54 ? '' : line(x, 96, x, DEPTH, 'wall'),
  ]);
  return [
    ...inner,
    line(0, 66, WIDTH, 66, 'wall'),
    line(0, 96, WIDTH, 96, 'wall'),
    line(135, 0, 135, 66, 'wall'),
    line(135, 36, 162, 36, 'wall'),
    rect(0, 0, WIDTH, DEPTH, 'outer'),
    ...[27, 81, 189, 243].map((x) => moved(x, 0, WINDOW)),
    ...[27, 81, 135, 189, 243].map((x) => moved(x, DEPTH, WINDOW)),
    ...[33, 129].map((y) => moved(0, y, WINDOW, 90)),
    ...[33, 129].map((y) => moved(WIDTH, y, WINDOW, 90)),
    moved(0, 81, rect(-9, -2, 18, 4, 'gap') + rect(-9, -2, 18, 4) + line(-9, 0, 9, 0), 90),
    moved(WIDTH, 81, rect(-9, -2, 18, 4, 'gap') + rect(-9, -2, 18, 4) + line(-9, 0, 9, 0), 90),
  ].join('');
}

function doors(): string {
  const up = [42, 96, 132, 204, 258].map((x) => moved(x, 66, DOOR, 180));
  const down = [10, 64, 120, 172, 226].map((x) => moved(x, 96, DOOR));
  // The lobby is open to the corridor.
  return rect(140, 64, 17, 4, 'gap') + up.join('') + down.join('');
}

function furniture(): string {
  const studio = [0, 1].flatMap((row) => [0, 1].map((column) => [row, column] as const));
  const studios = [0, 54].map((x) =>
    studio.map(([row, column]) => moved(x + 8 + column * 22, 8 + row * 18, DESK)).join(''),
  );
  const openOffice = repeat(8, (index) =>
    moved(
      20 + (index % 4) * 18,
      index < 4 ? 125 : 141,
      index < 4 ? `<g transform="translate(16 8) rotate(180)">${DESK}</g>` : DESK,
    ),
  );
  const stair =
    repeat(10, (index) => line(113, 12 + index * 3, 130, 12 + index * 3)) +
    line(121.5, 10, 121.5, 41, 'leaf') +
    '<path class="thin" d="M117 39V14M115.8 17L117 13.6L118.2 17"/>';
  const lifts = [137.5, 150].map(
    (x) => rect(x, 5, 10, 12) + line(x, 5, x + 10, 17) + line(x + 10, 5, x, 17),
  );
  const toilets = [139, 147, 155].map(
    (x) => `<ellipse class="furniture" cx="${x}" cy="31" rx="1.7" ry="2.4"/>`,
  );
  const meeting =
    `<rect class="furniture" x="176" y="20" width="26" height="11" rx="5.5"/>` +
    [180, 186, 192, 198]
      .map((x) => circle(x, 16.5, 2, 'furniture') + circle(x, 34.5, 2, 'furniture'))
      .join('');
  const shelves = repeat(5, (index) => rect(222, 8 + index * 7.5, 42, 3, 'furniture'));
  const library =
    repeat(4, (index) => rect(112, 122 + index * 9, 17, 4, 'furniture')) +
    circle(147, 138, 6, 'furniture') +
    [0, 90, 180, 270].map((turn) => moved(147, 138, circle(0, 9, 2, 'furniture'), turn)).join('');
  const workshop = rect(169, 130, 40, 12, 'furniture') + rect(169, 150, 40, 7, 'furniture');
  const cafe =
    rect(220, 150, 26, 6, 'furniture') +
    [228, 244, 260]
      .map((x) =>
        [0, 120, 240]
          .map((turn) => moved(x, 133, circle(0, 5.4, 1.7, 'furniture'), turn))
          .concat(circle(x, 133, 3.4, 'furniture'))
          .join(''),
      )
      .join('');
  return [
    ...studios, openOffice, stair, ...lifts, line(135, 21, 162, 21, 'wall'), ...toilets,
    meeting, shelves, library, workshop, cafe,
  ].join(''); // prettier-ignore
}

function roomTag({ number, name, box: [x, y, width, height] }: Room): string {
  // Above the furniture in the lower rooms, below it in the upper ones.
  const tagY = y < 60 ? y + height - 19 : y + (height < 40 ? 12 : 13);
  const area = ((width * height) / 100).toFixed(1);
  const content =
    text(0, 0, name, 'room') +
    rect(-5, 1.6, 10, 4, 'tag') +
    text(0, 4.6, number, 'small middle') +
    text(0, 8.6, `${area} m²`, 'tiny middle');
  return moved(x + width / 2, tagY, content);
}

function gridLines(): string {
  const bubble = (x: number, y: number, name: string) =>
    circle(x, y, 4, 'bubble') + text(x, y + 1.4, name, 'room');
  const columns = GRID_X.map(
    (x, index) => line(x, -20, x, DEPTH + 5, 'axis') + bubble(x, -24, String(index + 1)),
  );
  const rows = GRID_Y.map(
    (y, index) => line(-20, y, WIDTH + 5, y, 'axis') + bubble(-24, y, 'ABCD'.charAt(index)),
  );
  return [...columns, ...rows].join('');
}

function dimensions(): string {
  const along = (stops: readonly number[], offset: number): string =>
    line(stops[0] ?? 0, offset, stops.at(-1) ?? 0, offset) +
    stops.map((at) => line(at - 1, offset + 1, at + 1, offset - 1, 'leaf')).join('') +
    stops
      .slice(1)
      .map((at, index) => {
        const from = stops[index] ?? 0;
        const metres = ((at - from) / 10).toFixed(2);
        return text((from + at) / 2, offset - 1.2, metres, 'small middle');
      })
      .join('');
  return (
    along(GRID_X, -9) +
    along([0, WIDTH], -14) +
    moved(0, DEPTH, along(GRID_Y, -9), -90) +
    moved(0, DEPTH, along([0, DEPTH], -14), -90)
  );
}

function legend(): string {
  const scaleBar = repeat(
    5,
    (index) =>
      rect(index * 10, 0, 10, 1.6, index % 2 === 0 ? 'solid' : 'tag') +
      text(index * 10, 5, String(index), 'tiny middle'),
  );
  const north =
    circle(0, 0, 7) +
    '<path class="solid" d="M0-9.5L3 6L0 4Z"/><path class="tag" d="M0-9.5L-3 6L0 4Z"/>' +
    text(0, -11, 'N', 'room');
  return (
    moved(0, 176, scaleBar + text(50, 5, '5 m', 'tiny middle')) +
    moved(WIDTH - 8, 181, north) +
    text(
      64,
      178.6,
      'Dimensions in metres to grid lines. Check on site before any work is made.',
      'tiny',
    )
  );
}

function titleBlock(): string {
  const x = 345;
  const row = (y: number, name: string, value: string) =>
    text(x + 5, y, name, 'tiny soft') + text(x + 5, y + 5, value, 'label');
  const revisions = [
    ['C', '12 Mar', 'Café enlarged, doors moved'],
    ['B', '28 Jan', 'Lift size as manufacturer’s'],
    ['A', '09 Dec', 'First issue'],
  ] as const;
  return [
    rect(10, 10, 400, 277, 'frame'),
    line(x, 10, x, 287, 'frame'),
    text(x + 5, 30, 'Harbour', 'title'),
    text(x + 5, 39, 'Yard 14', 'title'),
    text(x + 5, 47, 'Offices and workshops', 'label soft'),
    line(x, 55, 410, 55),
    text(x + 5, 62, 'Revisions', 'tiny soft'),
    ...revisions.map(([letter, date, what], index) => {
      const y = 69 + index * 6;
      return (
        text(x + 5, y, letter, 'small') +
        text(x + 11, y, date, 'small') +
        text(x + 24, y, what, 'small')
      );
    }),
    line(x, 180, 410, 180),
    row(187, 'Drawing', 'Floor plan Level 2'),
    line(x, 197, 410, 197),
    row(204, 'Scale', '1:100 at A3'),
    line(x, 214, 410, 214),
    row(221, 'Status', 'For construction'),
    line(x, 231, 410, 231),
    rect(x, 231, 65, 56, 'accent'),
    text(x + 5, 240, 'Sheet', 'tiny white'),
    text(x + 5, 262, 'A-201', 'sheet'),
    text(x + 5, 280, 'Revision C', 'label white'),
    text(x + 5, 110, 'An invented building, drawn for the demo of', 'tiny soft'),
    text(x + 5, 114, 'react-artifact-download. MIT licence.', 'tiny soft'),
  ].join('');
}

const STYLE = `
  @page { size: 420mm 297mm; margin: 0 }
  body { margin: 0 }
  svg { display: block; width: 420mm; height: 297mm; font: 3px "Liberation Sans", Arial, sans-serif; fill: #1b2430 }
  .thin, .leaf, .furniture, .axis, .frame, .tag, .bubble { fill: none; stroke: #1b2430; stroke-width: .18 }
  .leaf { stroke-width: .35 }
  .furniture { stroke: #8794a3; fill: #f5f7f9 }
  .axis { stroke: #2459c4; stroke-width: .13; stroke-dasharray: 7 1.5 1.5 1.5 }
  .bubble { stroke: #2459c4; fill: #fff; stroke-width: .3 }
  .frame { stroke-width: .5 }
  .tag { fill: #fff }
  .gap { fill: #fff }
  .wall { stroke: #1b2430; stroke-width: 1.5; stroke-linecap: square }
  .outer { fill: none; stroke: #1b2430; stroke-width: 4 }
  .column, .solid { fill: #1b2430 }
  .floor { fill: #fff } .corridor { fill: #eef3fb }
  .accent { fill: #163a86 }
  .room { font-size: 3.4px; font-weight: 700; text-anchor: middle }
  .label { font-size: 4px; font-weight: 700 }
  .title { font-size: 9px; font-weight: 700; letter-spacing: -.2px }
  .sheet { font-size: 18px; font-weight: 700; letter-spacing: -.5px; fill: #fff }
  .small { font-size: 2.6px } .tiny { font-size: 2.3px }
  .soft { fill: #5c6b7c; font-weight: 400 } .white { fill: #fff }
  .middle { text-anchor: middle }
`;

/** The sheet as a page for Chromium to print. */
export function floorPlanPage(): string {
  const columns = GRID_X.flatMap((x) =>
    GRID_Y.map((y) => rect(x - 2.4, y - 2.4, 4.8, 4.8, 'column')),
  );
  const plan = [
    gridLines(),
    rect(0, 0, WIDTH, DEPTH, 'floor'),
    rect(0, 66, WIDTH, 30, 'corridor'),
    furniture(),
    walls(),
    doors(),
    ...columns,
    ...ROOMS.map(roomTag),
    dimensions(),
    legend(),
  ];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>A-201 Floor plan Level 2</title>
<style>${STYLE}</style>
<svg viewBox="0 0 420 297">${titleBlock()}${moved(56, 62, plan.join(''))}</svg></html>`;
}
