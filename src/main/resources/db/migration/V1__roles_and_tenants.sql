-- The tables of the tenant room.
SELECT 1;
