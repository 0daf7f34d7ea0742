/** How far NVIDIA's readings may be off, with where each figure is from. */

export const COUNTER_ACCURACY = {
  error: 0.05,
  errorSource:
    "assumed 5 %: NVIDIA gives ±5 % for the power reading of older boards (nvml.h) and nothing for newer ones; the counter and integrated power agree within 1 % in long windows (zeus issue 12), one report has them 43 % apart at idle (zeus issue 181), so both are recorded and compared",
} as const;

export const POWER_ACCURACY = {
  error: 0.1,
  errorSource:
    "assumed 10 %: power readings see only part of the time, on A100 and H100 a quarter of it (Yang et al. 2024, arXiv:2312.02741); from Ampere on, GA100 apart, each is the mean of the last second (nvml.h)",
} as const;
