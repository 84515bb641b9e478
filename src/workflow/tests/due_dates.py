"""Makes due_dates.csv: 200 last days of limits, reckoned from the calendar alone and in another way than clock.rs does.

All working days of 2020-2026 stand in one sorted list; days inside a pause are struck out; the last day is the one `n`
places after the start. Run in this folder: python3 due_dates.py > due_dates.csv
"""
import bisect, datetime, json, random

years = json.load(open("../../base/cn_workdays.json"))["years"]
off = {d for y in years.values() for d in y["days_off"]}
makeup = {d for y in years.values() for d in y["makeup_workdays"]}
first, last = datetime.date(2020, 1, 1), datetime.date(2026, 12, 31)
every = [first + datetime.timedelta(days=i) for i in range((last - first).days + 1)]
working = [d.isoformat() for d in every if d.isoformat() in makeup or (d.isoweekday() < 6 and d.isoformat() not in off)]

random.seed(3)
print("from,days,paused_from,paused_to,due")
made = 0
while made < 200:
    start = random.choice(every[: -200])
    n = random.choice([5, 7, 10, 20, 30])
    left = working[bisect.bisect_right(working, start.isoformat()):]
    begin = end = ""
    if made % 2:
        begin = (start + datetime.timedelta(days=random.randint(0, 6))).isoformat()
        end = (datetime.date.fromisoformat(begin) + datetime.timedelta(days=random.randint(0, 90))).isoformat()
        # The pause comes before the limit has run out.
        if bisect.bisect_right(left, begin) >= n:
            continue
        left = left[: bisect.bisect_right(left, begin)] + left[bisect.bisect_right(left, end):]
    print(f"{start.isoformat()},{n},{begin},{end},{left[n - 1]}")
    made += 1
