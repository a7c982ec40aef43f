// A process of its own, whose memory is not that of the instrument.
import { startCalibrationServer } from '../../src/bench/instrument/start-calibration-server.ts'

const { url } = await startCalibrationServer()
process.send!(url)
process.on('disconnect', () => process.exit())
