// Score: how the scorecard did on past leads.

import { file } from '../model/engine.js';
import { view } from '../model/session.js';
import { AxisHistogram, Curves, Glance, Grades, OwnersAndChannels, Routes, ScoreBands, ScoreHistogram, Stages } from './numbers.jsx';
import { Untold } from './data.jsx';
import { Later, Title } from './parts.jsx';

/** In place of charts where there is nothing to draw yet. */
export function NoLeads() {
  return (
    <p class="notice">
      There are no past leads yet.{' '}
      <button type="button" onClick={() => (view.value = 'data')}>
        Add some
      </button>
    </p>
  );
}

export function Score() {
  return (
    <>
      <Title lead="What this scorecard would have said of each lead when it came, against what became of it.">Score</Title>
      {file.value ? (
        <>
          <Untold known={file.value} />
          <Glance />
          <div class="charts">
            <ScoreHistogram wide />
            <Later>
              <Grades />
              <Stages />
            </Later>
            <Later>
              <ScoreBands />
              <AxisHistogram axis="fit" />
              <AxisHistogram axis="engagement" />
            </Later>
          </div>
          <Later>
            <Curves />
          </Later>
          <div class="charts">
            <Later>
              <Routes />
            </Later>
            <Later>
              <OwnersAndChannels />
            </Later>
          </div>
        </>
      ) : (
        <NoLeads />
      )}
    </>
  );
}
