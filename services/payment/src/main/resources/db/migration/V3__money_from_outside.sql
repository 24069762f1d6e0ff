alter table refund add column outside_evidence text; -- why a person says that the money went back another way
