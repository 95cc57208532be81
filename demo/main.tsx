import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../src/styles/download-button.css';
import './demo.css';
import { Demo } from './Demo.tsx';
import { returnToVisit } from './visit.ts';

// Asked for here and not in an effect: StrictMode runs effects twice, and would start two visits.
const visit = returnToVisit();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Demo entered={visit} />
    </StrictMode>,
  );
}
