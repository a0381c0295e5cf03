import { PrimaryGeneratedColumn } from 'typeorm';

/** The id of a row: a UUIDv7 made by the column's default `new_id()`, so by the database's clock. */
export function GeneratedId(): PropertyDecorator {
  return PrimaryGeneratedColumn('uuid');
}
