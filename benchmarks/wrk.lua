-- One line for the benchmark to read, behind what wrk prints for people: requests, bytes,
-- microseconds in all, at the median and at the 95th percentile, answers that were none.
done = function(summary, latency, requests)
   local errors = summary.errors
   io.write(string.format(
      "figures %d %d %d %d %d %d\n",
      summary.requests, summary.bytes, summary.duration,
      latency:percentile(50), latency:percentile(95),
      errors.connect + errors.read + errors.write + errors.status + errors.timeout
   ))
end
