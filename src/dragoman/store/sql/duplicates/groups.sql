-- Every original with its duplicates, the largest groups first.
SELECT original, first.outlet, first.published, first.title, count(*) AS copies,
    list({report: duplicates.report, outlet: copy.outlet, published: copy.published, share: share} ORDER BY coalesce(copy.published, '9999'), duplicates.report) AS reports
FROM duplicates JOIN reports copy ON copy.id = duplicates.report JOIN reports first ON first.id = original
GROUP BY ALL ORDER BY copies DESC, original
