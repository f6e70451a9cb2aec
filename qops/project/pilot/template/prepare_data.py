"""Derive the tables in data/ from the daily S&P 500 prices that the `arch` package carries.

Run it only to rebuild them: `pip install arch && python prepare_data.py`.
"""

import numpy as np
from arch.data import sp500
from classifier import TABLE

FIRST_WEEK = "2007-01-05"
LAST_WHOLE_WEEK = "2018-12-28"
YEAR = 52

daily = sp500.load()[:LAST_WHOLE_WEEK]
week = daily.index.to_period("W-FRI").end_time.strftime("%Y-%m-%d")

swing = np.log(daily["High"] / daily["Low"])
weekly_range = np.log((swing**2).groupby(week).mean()) / 2
usual_range = weekly_range.rolling(YEAR).median()
weekly_return = np.log(daily["Close"]).groupby(week).last().diff()
weekly_volume = np.log(daily["Volume"]).groupby(week).mean()

table = (weekly_range - usual_range).to_frame("range")
table["range_4w"] = weekly_range.rolling(4).mean() - usual_range
table["return"] = weekly_return / np.exp(weekly_range)
table["volume"] = weekly_volume - weekly_volume.rolling(YEAR).median()
table["rougher"] = (weekly_range.shift(-1) > usual_range).astype(int)
table.index.name = "week"

table[FIRST_WEEK:][:-1].to_csv(TABLE, float_format="%.6f", lineterminator="\n")

days = (100 * np.log(daily["Close"]).diff()).to_frame("return")
days["range"] = 100 * swing
days["return_5d"] = days["return"].rolling(5).mean()
days["volume"] = np.log(daily["Volume"]).diff()
days.index = days.index.strftime("%Y-%m-%d")
days.index.name = "day"

for first, last in ((2003, 2006), (2007, 2010)):
    chosen = days[f"{first}-01-01" : f"{last}-12-31"]
    chosen.to_csv(TABLE.with_name(f"days_{first}.csv"), float_format="%.4f", lineterminator="\n")
