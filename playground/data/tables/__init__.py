"""Tables of a person's own: read from files and the clipboard, looked at, and made into a dataset.

Polars reads them: it is the fastest reader of CSV and Parquet on few cores, keeps texts in a fraction of the
memory that Python's strings take, and has no index that would have to be explained; its fastexcel (calamine)
reads Excel's files.  Both are imported when the first table is read, never before.
"""
