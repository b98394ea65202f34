-- Give every affected account its event.
UPDATE accounts SET event = lead.id, joined = true
FROM affected JOIN grouped ON grouped.number = affected.number JOIN affected lead ON lead.number = grouped.lead
WHERE accounts.id = affected.id
