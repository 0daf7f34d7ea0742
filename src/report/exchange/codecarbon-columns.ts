/** The columns of CodeCarbon's emissions.csv. */

/** Version 3.3, in its order (codecarbon/output_methods/emissions_data.py). Earlier versions have fewer. */
export const CODECARBON_COLUMNS = [
  "timestamp",
  "project_name",
  "run_id",
  "experiment_id",
  "duration",
  "emissions",
  "emissions_rate",
  "cpu_power",
  "gpu_power",
  "ram_power",
  "cpu_energy",
  "gpu_energy",
  "ram_energy",
  "energy_consumed",
  "water_consumed",
  "country_name",
  "country_iso_code",
  "region",
  "cloud_provider",
  "cloud_region",
  "os",
  "python_version",
  "codecarbon_version",
  "cpu_count",
  "cpu_model",
  "gpu_count",
  "gpu_model",
  "longitude",
  "latitude",
  "ram_total_size",
  "tracking_mode",
  "cpu_utilization_percent",
  "gpu_utilization_percent",
  "ram_utilization_percent",
  "ram_used_gb",
  "on_cloud",
  "pue",
  "wue",
] as const;

export type CodecarbonColumn = (typeof CODECARBON_COLUMNS)[number];

/** What every version since the first has. */
export const CODECARBON_ALWAYS: readonly CodecarbonColumn[] = [
  "timestamp",
  "project_name",
  "duration",
  "emissions",
  "energy_consumed",
];
